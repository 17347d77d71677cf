"""The mail itself: a subject that names nothing of hers, the same words as HTML and as plain text, and its headers."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import css_inline
from django.conf import settings
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import tokens
from core.aws.mail import Mail
from notifications.delivery import kinds, links, rules
from notifications.delivery.addresses import Recipient
from notifications.delivery.enums import Rhythm
from notifications.delivery.kinds import Line, MailKind
from notifications.delivery.links import Subscribed
from notifications.delivery.rules import SHOWN_AT_MOST

_STYLE = settings.BASE_DIR / "templates" / "notifications" / "mail" / "mail.css"
_TOKENS = settings.BASE_DIR / "static" / "tokens.json"
_DARK_MARK = "/* dark */"
_VARIABLE = re.compile(r"var\(--([a-z0-9-]+)\)")
_ROOT_PIXELS = 16
_REM = re.compile(r"([\d.]+)rem")
_BLANK_LINES = re.compile(r"\n\s*\n\s*")


@dataclass(frozen=True)
class Section:
    kind: MailKind
    lines: Sequence[Line]
    more: int
    fewer_url: str


@contextmanager
def in_her_words(zone: str, language: str = "") -> Iterator[None]:
    """What is worded within it is in her language, with her time on the wall."""
    with translation.override(language or settings.LANGUAGE_CODE), timezone.override(ZoneInfo(zone)):
        yield


def mail(to: Recipient, lines: Sequence[Line], *, rhythm: Rhythm) -> Mail:
    """In the words of the moment. `lines` are hers to see, the newest first; there is at least one."""
    context = _context(to, lines, rhythm)
    return Mail(
        to=to.address,
        subject=_subject(lines, rhythm),
        text=_text(context),
        html=_html(context),
        headers={
            "List-Unsubscribe": f"<{context['unsubscribe_url']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
        tags={"person": to.person.user_id, "rhythm": rhythm.value},
    )


def _subject(lines: Sequence[Line], rhythm: Rhythm) -> str:
    """What it is about and no more: subjects stand on locked screens and in other people's sight."""
    if rhythm is Rhythm.DAILY:
        return _("Your day in the Enablement Portal")
    if rhythm is Rhythm.WEEKLY:
        return _("Your week in the Enablement Portal")
    told = {line.kind for line in lines}
    kind = kinds.kind_of(lines[0].kind)
    if len(told) == 1 and kind:
        return _("%(kind)s – Enablement Portal") % {"kind": kind.label}
    return ngettext(
        "%(count)d notification from the Enablement Portal",
        "%(count)d notifications from the Enablement Portal",
        len(lines),
    ) % {"count": len(lines)}


def _context(to: Recipient, lines: Sequence[Line], rhythm: Rhythm) -> dict[str, Any]:
    sections = _sections(to, lines, rhythm)
    only = sections[0].kind if rhythm is Rhythm.NOW and len(sections) == 1 else None
    return {
        "person": to.person,
        "headline": _headline(lines, rhythm),
        "preheader": _preheader(sections),
        "sections": sections,
        "single": lines[0] if len(lines) == 1 and rhythm is Rhythm.NOW else None,
        "rhythm": rhythm.value,
        "inbox_url": links.absolute("/notifications/"),
        "preferences_url": links.preferences(),
        "fewer": [] if only else list(_fewer(sections)),
        "unsubscribe_url": links.unsubscribe(Subscribed(to.person.user_id, rhythm, only.key if only else "")),
        "unsubscribe_words": _unsubscribe_words(only),
        "origin": settings.PORTAL_ORIGIN,
        "language": translation.get_language(),
    }


def _sections(to: Recipient, lines: Sequence[Line], rhythm: Rhythm) -> list[Section]:
    order = [kind.key for kind in kinds.kinds()]
    return [
        Section(
            kind,
            found.shown,
            found.more,
            links.unsubscribe(Subscribed(to.person.user_id, rhythm, kind.key)),
        )
        for found in rules.sections(lines, section_of=lambda line: line.kind, order=order, at_most=SHOWN_AT_MOST)
        if (kind := kinds.kind_of(found.key))
    ]


def _fewer(sections: Sequence[Section]) -> Iterator[dict[str, Any]]:
    """Links of its kinds, by what they do: what is mandatory comes less often."""
    for mandatory in (True, False):
        found = [section for section in sections if section.kind.mandatory is mandatory]
        if found:
            yield {"mandatory": mandatory, "sections": found}


def _unsubscribe_words(only: MailKind | None) -> str:
    if only is None:
        return _("Unsubscribe")
    return _("Get these less often") if only.mandatory else _("No more of these")


def _headline(lines: Sequence[Line], rhythm: Rhythm) -> str:
    if rhythm is Rhythm.NOW:
        return lines[0].title if len(lines) == 1 else _("These concern you")
    day = date_format(timezone.localtime().date(), "l, j F")
    return _("Your digest for %(day)s") % {"day": day} if rhythm is Rhythm.DAILY else _("Your week")


def _preheader(sections: Sequence[Section]) -> str:
    """What a list of mails shows beside the subject: how many of what, never of which thing."""
    counted = (f"{section.kind.label} ({len(section.lines) + section.more})" for section in sections)
    return ", ".join(counted)


def _text(context: dict[str, Any]) -> str:
    rendered = _plain().get_template("notifications/mail/mail.txt").render(Context(context, autoescape=False))
    return _BLANK_LINES.sub("\n\n", rendered).strip() + "\n"


@functools.cache
def _plain() -> Engine:
    """Templates of plain text, in which nothing is markup."""
    return Engine(dirs=[str(settings.BASE_DIR / "templates")], autoescape=False, builtins=["django.templatetags.i18n"])


def _html(context: dict[str, Any]) -> str:
    page = render_to_string("notifications/mail/mail.html", context)
    styled = page.replace("</head>", f"<style>{_style()}</style></head>", 1)
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False).inline(styled)


@functools.cache
def _style() -> str:
    """The portal's own tokens as plain values, for mail programs know no variables; dark ones where they ask for it."""
    light, _mark, dark = _STYLE.read_text(encoding="utf-8").partition(_DARK_MARK)
    known = tokens.read(_TOKENS)
    return (
        f"{_filled(light, known, 'light')}\n@media (prefers-color-scheme: dark) {{\n{_filled(dark, known, 'dark')}}}\n"
    )


def _filled(style: str, known: dict[str, Any], theme: str) -> str:
    values = dict(tokens.leaves(known, theme))
    for group in ("space", "size", "radius", "type", "weight", "leading", "font"):
        values |= {f"{group}-{name}": value for name, value in tokens.leaves(known, group)}
    filled = _VARIABLE.sub(lambda match: values[match[1]], style)
    return _REM.sub(lambda match: f"{float(match[1]) * _ROOT_PIXELS:g}px", filled)
