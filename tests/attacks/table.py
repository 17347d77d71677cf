"""Who gets what from each address: the whole of it, written by hand from what each role is promised.

A column per state of the item, in each a letter per person: Vera (Viewer), Cora (another Contributor), Carl (the owner),
Rita (Approver), Ana (Admin).

    y  a page            >  done, and sent on       .  does not exist for her
    x  refused (403)     c  too late (409)          b  not understood (400)
    u  wants a token, which no session is (401)     m  not that way (405)
"""

from __future__ import annotations

from core.testing import ANA, CARL, CORA, RITA, VERA
from tests.attacks.shelf import STATES

PEOPLE = (VERA, CORA, CARL, RITA, ANA)

_ITEMS = """
                                 Draft InRev Appro Depre Expir Sched NextD NextR
GET  content:item                ..y.y ..yyy yyyyy yyyyy ..yyy ..yyy yyyyy yyyyy
GET  analytics:item              ..y.y ..y.y ..y.y ..y.y ..y.y ..y.y ..y.y ..y.y
GET  analytics:item-export       ..y.y ..y.y ..y.y ..y.y ..y.y ..y.y ..y.y ..y.y
GET  content:history             ..y.y ..yyy yyyyy yyyyy ..yyy ..yyy yyyyy yyyyy
GET  content:used-by             ..y.y ..yyy yyyyy yyyyy ..yyy ..yyy yyyyy yyyyy
GET  content:versions            ..y.y ..yyy yyyyy yyyyy ..yyy ..yyy yyyyy yyyyy
GET  content:version/1           ..y.y ..yyy yyyyy yyyyy ..yyy ..yyy yyyyy yyyyy
GET  content:version/2           ..... ..... ..... ..... ..... ..... ..y.y ..yyy
GET  content:compare/1-1         ..y.y ..yyy yyyyy yyyyy ..yyy ..yyy yyyyy yyyyy
GET  content:compare/1-2         ..... ..... ..... ..... ..... ..... ..y.y ..yyy
GET  content:open                ..>.> ..>>> >>>>> >>>>> ..>>> ..>>> >>>>> >>>>>
GET  content:file                ..>.> ..>>> >>>>> >>>>> ..>>> ..>>> >>>>> >>>>>
GET  content:file/next           ..... ..... ..... ..... ..... ..... ..>.> ..>>>
GET  content:comments            ..y.y ..yyy yyyyy yyyyy ..yyy ..yyy yyyyy yyyyy
POST content:comments            ..>.> ..>>> >>>>> >>>>> ..xxx ..xxx >>>>> >>>>>
GET  content:comments/review     ..y.y ..yyy ..... ..... ..... ..... ..y.y ..yyy
POST content:comments/review     ..>.> ..>>> ..... ..... ..... ..... ..>.> ..>>>
GET  content:comments/review-1   ..y.y ..yyy ..yyy ..yyy ..yyy ..yyy ..yyy ..yyy
GET  content:comments/review-2   ..... ..... ..... ..... ..... ..... ..y.y ..yyy
POST content:comments/review-1   ..>.> ..>>> ..xxx ..xxx ..xxx ..xxx ..xxx ..xxx
GET  content:comment             ..y.x ..yxx ..yxx ..yxx ..yxx ..yxx ..yxx ..yxx
POST content:comment             ..>.x ..>xx ..>xx ..>xx ..>xx ..>xx ..>xx ..>xx
GET  content:comment/live        ..... ..... yxxxx yxxxx ..... ..... yxxxx yxxxx
POST content:comment/live        ..... ..... >xxxx >xxxx ..... ..... >xxxx >xxxx
GET  content:comment-remove      ..y.y ..yxy ..yxy ..yxy ..yxy ..yxy ..yxy ..yxy
POST content:comment-remove      ..>.> ..>x> ..>x> ..>x> ..>x> ..>x> ..>x> ..>x>
POST content:comment-remove/live  ..... ..... >xxx> >xxx> ..... ..... >xxx> >xxx>
POST content:comment-resolve     ..>.> ..>>> ..>>> ..>>> ..>>> ..>>> ..>>> ..>>>
POST content:comment-resolve/live  ..... ..... xx>>> xx>>> ..... ..... xx>>> xx>>>
GET  content:edit                ..y.y ..xxx xxyxy xxxxx ..xxx ..yxy xxyxy xxxxx
POST content:edit                ..>.> ..xxx xxyxy xxxxx ..xxx ..yxy xx>x> xxxxx
POST content:open-version        ..>.> ..xxx xx>x> xxxxx ..xxx ..>x> xx>x> xxxxx
POST content:restore-version/1   ..>.> ..xxx xx>x> xxxxx ..xxx ..>x> xx>x> xxxxx
POST content:discard             ..x.x ..xxx xxxxx xxxxx ..xxx ..xxx xx>x> xxxxx
GET  content:delete              ..y.y ..xxy xxxxy xxxxy ..xxy ..xxy xxxxy xxxxy
POST content:delete              ..>.> ..xx> xxxx> xxxx> ..xx> ..xx> xxxx> xxxx>
GET  content:dates               ..y.y ..yxy xxxyy xxxyy ..xxx ..xyy xxxyy xxxyy
POST content:dates               ..>.> ..>x> xxx>> xxx>> ..xxx ..x>> xxx>> xxx>>
POST content:favourite           ..>.> ..>>> >>>>> >>>>> ..>>> ..>>> >>>>> >>>>>
POST content:unstar              >>>>> >>>>> >>>>> >>>>> >>>>> >>>>> >>>>> >>>>>
GET  content:judge               xxx.c xxxyy xxxcc xxxcc xxxcc xxxcc xxxcc xxxyy
POST content:judge               xxx.c xxx>> xxxcc xxxcc xxxcc xxxcc xxxcc xxx>>
GET  content:move/submit         ..y.y ..xxx xxxxx xxxxx ..xxx ..xxx xxyxy xxxxx
POST content:move/submit         ..>.> ..xxx xxxxx xxxxx ..xxx ..xxx xx>x> xxxxx
GET  content:move/withdraw       ..x.x ..yxy xxxxx xxxxx ..xxx ..xxx xxxxx xxyxy
POST content:move/withdraw       ..x.x ..>x> xxxxx xxxxx ..xxx ..xxx xxxxx xx>x>
GET  content:move/request-changes  ..x.x ..xyy xxxxx xxxxx ..xxx ..xxx xxxxx xxxyy
POST content:move/request-changes  ..x.x ..x>> xxxxx xxxxx ..xxx ..xxx xxxxx xxx>>
GET  content:move/verify         ..x.x ..xxx xxyyy xxxxx ..xxx ..xxx xxyyy xxyyy
POST content:move/verify         ..x.x ..xxx xx>>> xxxxx ..xxx ..xxx xx>>> xx>>>
GET  content:move/deprecate      ..x.x ..xxx xxxyy xxxxx ..xxx ..xxx xxxyy xxxyy
POST content:move/deprecate      ..x.x ..xxx xxx>> xxxxx ..xxx ..xxx xxx>> xxx>>
GET  content:move/expire         ..x.x ..xxx xxxyy xxxyy ..xxx ..xyy xxxyy xxxyy
POST content:move/expire         ..x.x ..xxx xxx>> xxx>> ..xxx ..x>> xxx>> xxx>>
GET  content:move/restore        ..x.x ..xxx xxxxx xxxyy ..xyy ..xxx xxxxx xxxxx
POST content:move/restore        ..x.x ..xxx xxxxx xxx>> ..x>> ..xxx xxxxx xxxxx
POST content:file-start          ..y.y ..xxx xxxxx xxxxx ..xxx ..xxx xxyxy xxxxx
POST content:file-remove         ..>.> ..xxx xxxxx xxxxx ..xxx ..xxx xx>x> xxxxx
POST content:file-up             ..>.> ..xxx xxxxx xxxxx ..xxx ..xxx xx>x> xxxxx
POST content:file-down           ..>.> ..xxx xxxxx xxxxx ..xxx ..xxx xx>x> xxxxx
POST content:file-parts          xxbxx xxxxx xxxxx xxxxx xxxxx xxxxx xxbxx xxxxx
POST content:file-finish         xxbxx xxxxx xxxxx xxxxx xxxxx xxxxx xxbxx xxxxx
POST content:file-abort          xxyxx xxyxx xxyxx xxyxx xxyxx xxyxx xxyxx xxyxx
GET  content:file-returned       xx>xx xxxxx xxxxx xxxxx xxxxx xxxxx xx>xx xxxxx
"""

# The signed-out stand first here; `s` sends to the sign-in page.
_PAGES = """
GET  home                        s yyyyy
GET  content:library             s yyyyy
GET  content:new                 s xyyyy
POST content:new                 s x>>>>
GET  content:mine                s xyyyy
GET  content:favourites          s yyyyy
GET  content:review              s xxxyy
GET  search:results              s yyyyy
GET  search:suggest              s yyyyy
POST search:opened               s .....
GET  content:pick                s yyyyy
GET  pick-options                s yyyyy
POST pick-options                s xxxxb
GET  styleguide                  y yyyyy
GET  preferences                 s yyyyy
POST preferences                 s >>>>>
GET  notifications:inbox         s yyyyy
GET  notifications:bell          y yyyyy
POST notifications:read-all      s bbbbb
GET  notifications:open          s .....
POST notifications:read          s .....
GET  notifications:subscriptions  s yyyyy
POST notifications:follow-option  s bbbbb
GET  notifications:follow        s .....
POST notifications:follow        s .....
GET  notifications:preferences   s yyyyy
POST notifications:preferences   s >>>>>
POST notifications:mail-again    s >>>>>
GET  notifications:unsubscribe   . .....
POST notifications:unsubscribe   . .....
POST accounts:view-as-stop       s >>>>>
POST accounts:theme              s >>>>>
GET  accounts:tokens             s yyyyy
POST accounts:tokens             s bbbbb
POST accounts:token-revoke       s .....
GET  accounts:login              y >>>>>
POST accounts:logout             > >>>>>
GET  bulk:jobs                   s xyyyy
GET  bulk:file                   s xyyyy
POST bulk:file                   s xbbbb
POST bulk:choose                 s x....
GET  bulk:job                    s .....
GET  bulk:result                 s .....
POST bulk:start                  s .....
POST bulk:step                   s .....
POST bulk:stop                   s .....
GET  health                      y yyyyy
GET  v1:openapi-json             y yyyyy
GET  v1:openapi-view             y yyyyy
GET  v1:api-root                 . .....
GET  missing                     . .....
POST missing                     . .....
"""

# Open to Admins alone, whatever is asked of them: what they do there is tested beside them.
_AREAS = """
hand-over jobs job-run event-replay
analytics:overview analytics:content analytics:learning analytics:search analytics:people analytics:pick analytics:export
analytics:xapi
accounts:people accounts:pick accounts:invite accounts:person accounts:person-role accounts:person-disable accounts:person-enable
accounts:all-tokens accounts:person-tokens accounts:person-sign-out accounts:person-reset accounts:audit accounts:audit-export
accounts:who-sees accounts:view-as
accounts:teams accounts:team accounts:team-add accounts:team-part accounts:team-rename accounts:team-delete
webhooks:webhooks webhooks:new webhooks:webhook webhooks:change webhooks:pause webhooks:resume webhooks:rotate webhooks:delete
webhooks:test webhooks:delivery webhooks:replay webhooks:replay-failed
metadata:manage metadata:new metadata:place metadata:export metadata:import metadata:merges metadata:continue
metadata:undo metadata:option metadata:up metadata:down metadata:merge metadata:archive metadata:restore
metadata:delete
notifications:channels notifications:channel-new notifications:channel notifications:channel-test notifications:channel-delete
"""

ELSEWHERE = {
    "ready": "portal/tests/test_health.py, it asks Cognito",
    "openid_connect_callback": "accounts/tests/test_sign_in.py, with Cognito's answers",
}

Rows = dict[tuple[str, str], list[str]]


def _rows(text: str) -> Rows:
    lines = (line.split() for line in text.splitlines() if line.startswith(("GET", "POST")))
    return {(method, route): expected for method, route, *expected in lines}


ITEMS, PAGES, AREAS = _rows(_ITEMS), _rows(_PAGES), frozenset(_AREAS.split())
assert all(len(columns) == len(STATES) for columns in ITEMS.values())
