"""Who is let in where, in learning: the whole of it, held against what each role is promised.

A column per state of the thing, in each a letter per person: Vera (Viewer, who has begun and earned what there is), Cora
(another Contributor), Carl (the author), Rita (Approver), Ana (Admin).

    o  let in: a page, done, or told what is missing        x  refused (403)        .  does not exist for her

A course that is Begun was withdrawn after Vera had begun it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """`hides`: what does not exist for her must look like what was never there."""

    states: tuple[str, ...]
    rows: dict[tuple[str, str], list[str]]
    hides: bool = True


def _rows(text: str) -> dict[tuple[str, str], list[str]]:
    lines = (line.split() for line in text.splitlines() if line.startswith(("GET", "POST")))
    return {(method, route): expected for method, route, *expected in lines}


_COURSES = """
GET  analytics:course               ..ooo ..ooo ..ooo ..ooo
GET  analytics:course-export        ..ooo ..ooo ..ooo ..ooo
GET  certificates:of-course         xxxoo xxxoo xxxoo xxxoo
POST lms:arrange                    x.ooo xxooo x.ooo x.ooo
GET  lms:captions                   ..... ..... ..... .....
POST lms:captions-add               ..ooo xxooo ..ooo ..xxx
GET  lms:captions-draft             ..... xx... ..... .....
POST lms:captions-keep              ..... xx... ..... ..xxx
POST lms:captions-remove            ..... xx... ..... ..xxx
GET  lms:continue                   ..ooo ooooo o.ooo ..ooo
GET  lms:course                     ..ooo ooooo o.ooo ..ooo
GET  lms:course-delete              x.ooo xxooo x.ooo x.ooo
POST lms:course-delete              x.ooo xxxxx x.xxx x.xxx
GET  lms:course-duplicate           x.ooo xxooo x.ooo x.ooo
POST lms:course-duplicate           x.ooo xxooo x.ooo x.ooo
GET  lms:course-move                x.xxx xxxoo x.xxx x.xxx
POST lms:course-move                x.xxx xxxoo x.xxx x.xxx
GET  lms:course-note                ooooo ooooo ooooo ooooo
GET  lms:course-publish             x.ooo xxooo x.ooo x.xxx
POST lms:course-publish             x.xoo xxxoo x.xoo x.xxx
POST lms:course-ready               x.ooo xxooo x.ooo x.xxx
GET  lms:course-versions            x.ooo xxooo x.ooo x.ooo
GET  lms:draft-file                 ..... xx... ..... .....
GET  lms:finish                     ..... ooooo o.... .....
GET  lms:history                    ..... o.... o.... .....
GET  lms:lesson                     ..ooo ooooo o.ooo ..ooo
POST lms:lesson-done                ..... ooooo o.... .....
POST lms:lesson-duplicate           x.ooo xxooo x.ooo x.ooo
GET  lms:lesson-file                ..... ..... ..... .....
GET  lms:lesson-new                 x.ooo xxooo x.ooo x.xxx
POST lms:lesson-new                 x.ooo xxooo x.ooo x.xxx
GET  lms:lesson-open                ..... ooooo o.... .....
GET  lms:lesson-remove              x.ooo xxooo x.ooo x.ooo
POST lms:lesson-remove              x.ooo xxooo x.ooo x.xxx
POST lms:lesson-required            x.ooo xxooo x.ooo x.xxx
POST lms:lesson-step                x.ooo xxooo x.ooo x.xxx
POST lms:lesson-watched             ooooo ooooo ooooo ooooo
GET  lms:manage-course              x.ooo xxooo x.ooo x.ooo
GET  lms:manage-edit                x.ooo xxooo x.ooo x.xxx
POST lms:manage-edit                x.ooo xxooo x.ooo x.xxx
GET  lms:manage-lesson              x.ooo xxooo x.ooo x.xxx
POST lms:manage-lesson              x.ooo xxooo x.ooo x.xxx
GET  lms:manage-quiz                ..ooo xxooo ..ooo ..xxx
GET  lms:manage-thumbnail           ..ooo xxooo ..ooo ..xxx
GET  lms:manage-video               ..ooo xxooo ..ooo ..xxx
GET  lms:play                       ..... ooooo o.... .....
GET  lms:preview                    x.ooo xxooo x.ooo x.ooo
GET  lms:preview-lesson             x.ooo xxooo x.ooo x.ooo
POST lms:preview-text               x.ooo xxooo x.ooo x.ooo
GET  lms:question-draft-file        ..... xx... ..... .....
GET  lms:quiz-analysis              ..ooo xxooo ..ooo ..ooo
POST lms:quiz-answer                ooooo ooooo ooooo ooooo
POST lms:quiz-answers               ..... o.... o.... .....
GET  lms:quiz-attempt               ..... o.... o.... .....
GET  lms:quiz-attempts              ..xoo xxxoo ..xoo ..xoo
GET  lms:quiz-draft-file            ..... xx... ..... .....
GET  lms:quiz-file                  ..... ..... ..... .....
GET  lms:quiz-preview               ..ooo xxooo ..ooo ..ooo
GET  lms:quiz-question              ..ooo xxooo ..ooo ..xxx
POST lms:quiz-question              ..ooo xxooo ..ooo ..xxx
POST lms:quiz-question-change       ..ooo xxooo ..ooo ..xxx
GET  lms:quiz-question-new          ..ooo xxooo ..ooo ..xxx
POST lms:quiz-question-new          ..ooo xxooo ..ooo ..xxx
GET  lms:quiz-regrade               ..xoo xxxoo ..xoo ..xoo
POST lms:quiz-regrade               ..xoo xxxoo ..xoo ..xoo
GET  lms:quiz-settings              ..ooo xxooo ..ooo ..xxx
POST lms:quiz-settings              ..ooo xxooo ..ooo ..xxx
POST lms:quiz-start                 ..... ooooo o.... .....
GET  lms:quiz-submit                ..... o.... o.... .....
POST lms:quiz-submit                ..... o.... o.... .....
GET  lms:quiz-text                  ..ooo xxooo ..ooo ..xxx
POST lms:quiz-text                  ..ooo xxooo ..ooo ..xxx
GET  lms:quiz-void                  ..x.. xxxoo ..xoo ..x..
POST lms:quiz-void                  ..x.. xxxoo ..xoo ..x..
GET  lms:related                    ..... ooooo o.... .....
POST lms:renew                      ..... x.... x.... .....
POST lms:section-add                x.ooo xxooo x.ooo x.ooo
POST lms:section-remove             x.xxx xxxxx x.xxx x.xxx
GET  lms:section-rename             x.ooo xxooo x.ooo x.ooo
POST lms:section-rename             x.ooo xxooo x.ooo x.ooo
POST lms:section-step               x.ooo xxooo x.ooo x.xxx
GET  lms:thumbnail                  ..... ..... ..... .....
POST lms:thumbnail-abort            ooooo ooooo ooooo ooooo
POST lms:thumbnail-finish           ooooo ooooo ooooo ooooo
POST lms:thumbnail-parts            ooooo ooooo ooooo ooooo
POST lms:thumbnail-remove           ..ooo xxooo ..ooo ..xxx
GET  lms:thumbnail-returned         ooooo ooooo ooooo ooooo
POST lms:thumbnail-start            ooooo ooooo ooooo ooooo
POST lms:transcribe                 ..... ..... ..... .....
GET  lms:transcript-edit            ..... xx... ..... ..xxx
POST lms:transcript-edit            ..... xx... ..... ..xxx
GET  lms:transcript-text            ..... ..... ..... .....
POST lms:video-abort                ooooo ooooo ooooo ooooo
POST lms:video-chapters             ..ooo xxooo ..ooo ..xxx
POST lms:video-finish               ooooo ooooo ooooo ooooo
POST lms:video-parts                ooooo ooooo ooooo ooooo
GET  lms:video-play                 ..ooo xxooo ..ooo ..ooo
GET  lms:video-returned             ooooo ooooo ooooo ooooo
POST lms:video-start                ooooo ooooo ooooo ooooo
"""

_PATHS = """
GET  analytics:path                 ..ooo ..ooo ..ooo ..ooo
GET  analytics:path-export          ..ooo ..ooo ..ooo ..ooo
GET  lms:manage-path                x.ooo xxooo x.ooo x.ooo
GET  lms:path                       ..ooo ooooo o.ooo ..ooo
GET  lms:path-edit                  x.ooo xxooo x.ooo x.xxx
POST lms:path-edit                  x.ooo xxooo x.ooo x.xxx
GET  lms:path-move                  x.xxx xxxoo x.xxx x.xxx
POST lms:path-move                  x.xxx xxxoo x.xxx x.xxx
GET  lms:path-step                  ..ooo ooooo o.ooo ..ooo
POST lms:path-step                  ..ooo ooooo o.ooo ..ooo
GET  lms:step-add                   x.ooo xxooo x.ooo x.ooo
POST lms:step-add                   x.ooo xxooo x.ooo x.ooo
POST lms:step-change                x.ooo xxooo x.ooo x.xxx
POST lms:step-place                 x.ooo xxooo x.ooo x.xxx
"""

_CERTIFICATES = """
GET  certificates:badge             o..xx x..xx
GET  certificates:certificate       o..oo o..oo
GET  certificates:pdf               o..oo x..xx
GET  certificates:revoke            x..xo x..xo
POST certificates:revoke            x..xo x..xo
"""

_PLACES = """
GET  certificates:issuer            ooooo
GET  certificates:jwks              ooooo
GET  certificates:key               .....
GET  certificates:status-list       ooooo
GET  certificates:verify            ooooo
GET  certificates:verify-code       .....
GET  lms:assign                     xxxoo
POST lms:assign                     xxxoo
GET  lms:assign-what                xxxoo
GET  lms:assignment                 xxxoo
GET  lms:assignment-change          xxxoo
POST lms:assignment-change          xxxoo
GET  lms:assignments                xxxoo
POST lms:assignments-change         xxxoo
GET  lms:assignments-export         xxxoo
GET  lms:catalogue                  ooooo
GET  lms:manage                     xoooo
GET  lms:manage-new                 xoooo
POST lms:manage-new                 xoooo
GET  lms:manage-paths               xoooo
GET  lms:mine                       ooooo
GET  lms:pick                       xoooo
GET  lms:mine-export                ooooo
GET  lms:path-catalogue             ooooo
GET  lms:path-new                   xoooo
GET  lms:standing                   xxxoo
GET  lms:standing-end               xxx..
POST lms:standing-end               xxx..
GET  lms:standing-new               xxxoo
POST lms:standing-new               xxxoo
GET  lms:standing-one               xxx..
POST lms:standing-one               xxx..
GET  lms:standing-targets           xxxoo
GET  lms:standing-teams             xxxoo
GET  lms:team                       ....o
GET  lms:team-export                ....o
GET  lms:team-member                ....o
GET  lms:teams                      ooooo
POST lms:path-new                   xoooo
"""

STATES = ("Draft", "Published", "Begun", "Archived")
TABLES = {
    "course": Table(STATES, _rows(_COURSES)),
    "path": Table(STATES, _rows(_PATHS)),
    "certificate": Table(("Active", "Revoked"), _rows(_CERTIFICATES)),
    "place": Table(("Published",), _rows(_PLACES), hides=False),
}
