from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request
from core import clock
from core.pages import go, page
from notifications.delivery import links
from notifications.delivery.services import preferences as services
from notifications.delivery.services import trouble


@require_POST
def mail_again(request: Request) -> HttpResponse:
    trouble.try_again(by=request.user)
    messages.success(request, gettext("Mail is sent to you again"))
    return go(request, "notifications:preferences")


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: Request, token: str) -> HttpResponse:
    """Looking changes nothing, for mail programs look at links by themselves; a POST does it, theirs too (RFC 8058)."""
    what = links.unseal(token)
    done = request.method == "POST"
    kinds = (services.unsubscribe if done else services.about)(what=what, now=clock.now())
    context = {
        "off": [kind for kind in kinds if not kind.mandatory],
        "slower": [kind for kind in kinds if kind.mandatory],
        "came": what.came.value,
        "done": done,
    }
    response = page(request, "notifications/unsubscribe.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
