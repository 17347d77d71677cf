"""Who is let in where, over the API: the whole of it, held against what each role is promised.

A column per state of the thing, in each a letter per person: Vera (Viewer, who has begun and earned what there is), Cora
(another Contributor), Carl (the owner, the author), Rita (Approver), Ana (Admin).

    o  done                  .  does not exist for her        x  refused (403)
    b  not acceptable (400): she is let in, and told what is missing
    c  let in, and too late (409, 412)
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.attacks import campus
from tests.attacks.api_learning_table import CERTIFICATES, COURSES, PATHS
from tests.attacks.table import PEOPLE

__all__ = ["PEOPLE", "TABLES", "Table"]


@dataclass(frozen=True)
class Table:
    states: tuple[str, ...]
    rows: dict[str, list[str]]


def _rows(text: str) -> dict[str, list[str]]:
    lines = (line.split() for line in text.splitlines() if line.strip())
    return {name: expected for name, *expected in lines}


_ITEMS = """
star                         ..o.o ..ooo ooooo ..ooo ooooo
unstar                       ooooo ooooo ooooo ooooo ooooo
getContent                   ..o.o ..ooo ooooo ..ooo ooooo
deleteContent                ..o.o ..xxo xxxxo ..xxo xxxxo
listUses                     ..o.o ..ooo ooooo ..ooo ooooo
getDraft                     ..o.o ..xxx xx.x. ..xxx xxoxo
openDraft                    ..o.o ..xxx xxoxo ..xxx xxoxo
editDraft                    ..o.o ..xxx xxxxx ..xxx xxoxo
discardDraft                 ..x.x ..xxx xxxxx ..xxx xxoxo
restoreVersion               ..o.o ..xxx xxoxo ..xxx xxoxo
startUpload                  ..o.o ..xxx xxxxx ..xxx xxoxo
abortUpload                  xxoxx xxoxx xxoxx xxoxx xxoxx
signParts                    xxbxx xxxxx xxxxx xxxxx xxbxx
attachFile                   xxbxx xxxxx xxxxx xxxxx xxbxx
removeFile                   ..o.o ..xxx xxxxx ..xxx xxoxo
moveFile                     ..o.o ..xxx xxxxx ..xxx xxoxo
getDownloadUrl               ..o.o ..ooo ooooo ..ooo ooooo
submit                       ..o.o ..xxx xxxxx ..xxx xxoxo
withdraw                     ..x.x ..oxo xxxxx ..xxx xxxxx
approve                      ..x.x ..xoo xxxcc ..xcc xxxxx
requestChanges               ..x.x ..xoo xxxxx ..xxx xxxxx
verify                       ..x.x ..xxx xxooo ..xxx xxooo
deprecate                    ..x.x ..xxx xxxoo ..xxx xxxoo
expire                       ..x.x ..xxx xxxoo ..xxx xxxoo
restore                      ..x.x ..xxx xxxxx ..xoo xxxxx
setDates                     ..o.o ..oxo xxxoo ..xxx xxxoo
giveContent                  ..o.o ..ooo xxxoo ..xoo xxxoo
listVersions                 ..o.o ..ooo ooooo ..ooo ooooo
compareVersions              ..o.o ..ooo ooooo ..ooo ooooo
getVersion                   ..o.o ..ooo ooooo ..ooo ooooo
getHistory                   ..o.o ..ooo ooooo ..ooo ooooo
getSubscription              ..... ..... o.... ..... .....
follow                       ..o.o ..ooo ooooo ..ooo ooooo
unfollow                     ooooo ooooo ooooo ooooo ooooo
listComments                 ..... ..... ooooo ..ooo ooooo
postComment                  ..... ..... ooooo ..xxx ooooo
getComment                   ..o.o ..ooo ..ooo ..ooo ..ooo
editComment                  ..o.x ..oxx ..oxx ..oxx ..oxx
removeComment                ..o.o ..oxo ..oxo ..oxo ..oxo
resolveComment               ..o.o ..ooo ..ooo ..ooo ..ooo
getContentUsage              ..o.o ..o.o ..o.o ..o.o ..o.o
"""
_PLACES = """
getMe                        ooooo
getFavourites                ooooo
listContent                  ooooo
createContent                xoooo
listReviews                  xxxoo
previewMerge                 xxxxo
mergeOption                  xxxxo
listMerges                   xxxxo
continueMerge                xxxx.
undoMerge                    xxxx.
listOptions                  ooooo
createOption                 xxxxo
getOption                    ooooo
editOption                   xxxxo
deleteOption                 xxxxo
getOptionUses                xxxxo
placeOption                  xxxxb
archiveOption                xxxxo
restoreOption                xxxxo
listAuthoredCourses          xoooo
listCourses                  ooooo
createCourse                 xoooo
listAuthoredPaths            xoooo
listPaths                    ooooo
createPath                   xoooo
listProgress                 ooooo
listPathProgress             ooooo
listMyAssignments            ooooo
listAssignments              xxxoo
assign                       xxxbb
listStandingAssignments      xxxoo
beginStandingAssignment      xxxbb
getStandingAssignment        xxx..
changeStandingAssignment     xxx..
endStandingAssignment        xxx..
getAssignment                oxxoo
extendAssignment             xxxoo
waiveAssignment              xxxbb
cancelAssignment             xxxoo
listCertificates             ooooo
verifyCertificate            .....
listManagedTeams             ooooo
getTeamProgress              .....
getMemberLearning            .....
listNotifications            ooooo
countUnread                  ooooo
markAllRead                  ooooo
getNotification              o....
markRead                     o....
markUnread                   o....
getNotificationPreferences   ooooo
changeNotificationPreferences ooooo
mailAgain                    ooooo
listSubscriptions            ooooo
search                       ooooo
suggest                      ooooo
getPreferences               ooooo
changePreferences            ooooo
listPeople                   xxxxo
invitePerson                 xxxxo
getPerson                    xxxxo
changeRole                   xxxxo
disablePerson                xxxxo
enablePerson                 xxxxo
signOutPerson                xxxxo
resetPassword                xxxxo
handOver                     xxxxb
listTeams                    xxxxo
createTeam                   xxxxo
getTeam                      xxxx.
renameTeam                   xxxx.
deleteTeam                   xxxx.
addToTeam                    xxxx.
removeFromTeam               xxxx.
listAudit                    xxxxo
exportAudit                  xxxxo
whoCanSee                    xxxxo
listWebhooks                 xxxxo
createWebhook                xxxxo
getWebhook                   xxxx.
changeWebhook                xxxx.
deleteWebhook                xxxx.
pauseWebhook                 xxxx.
resumeWebhook                xxxx.
rotateWebhookSecret          xxxx.
testWebhook                  xxxx.
listDeliveries               xxxx.
replayDelivery               xxxx.
replayFailedDeliveries       xxxx.
listChannels                 xxxxo
createChannel                xxxxo
getChannel                   xxxx.
changeChannel                xxxx.
deleteChannel                xxxx.
testChannel                  xxxx.
listJobs                     xxxxo
runJob                       xxxxo
listGivenUpEvents            xxxxo
replayEvent                  xxxx.
listEvents                   xxxxo
getAnalytics                 xxxxo
getDailyNumber               xxxxo
listMostUsed                 xxxxo
listNeverUsed                xxxxo
listStale                    xxxxo
listTaken                    xxxxo
listSearched                 xxxxo
listTeamsBehind              xxxxo
exportXapi                   xxxxo
"""

TABLES = {
    "item": Table(("Draft", "InReview", "Approved", "Expired", "NextDraft"), _rows(_ITEMS)),
    "course": Table(campus.STATES, _rows(COURSES)),
    "path": Table(campus.STATES, _rows(PATHS)),
    "certificate": Table(("Active", "Revoked"), _rows(CERTIFICATES)),
    "place": Table(("",), _rows(_PLACES)),
}
