"""The rows of learning; what their letters say stands in `api_table`. A course that is Begun was withdrawn after Vera had
begun it."""

from __future__ import annotations

COURSES = """
getCourseDraft               ..ooo xxooo ..ooo ..ooo
editCourse                   ..ooo xxooo ..ooo ..xxx
deleteCourse                 ..ooo xxxxx ..xxx ..xxx
duplicateCourse              x.ooo xxooo x.ooo x.ooo
validateCourse               ..ooo xxooo ..ooo ..xxx
listCourseVersions           ..ooo xxooo ..ooo ..ooo
markCourseReady              ..ooo xxooo ..ooo ..xxx
publishCourse                ..xoo xxxoo ..xoo ..xxx
unpublishCourse              ..xxx xxxoo ..xxx ..xxx
archiveCourse                ..xoo xxxoo ..xoo ..xxx
bringBackCourse              ..xxx xxxxx ..xxx ..xoo
addSection                   ..ooo xxooo ..ooo ..xxx
renameSection                ..ooo xxooo ..ooo ..xxx
removeSection                ..xxx xxxxx ..xxx ..xxx
moveSection                  ..ooo xxooo ..ooo ..xxx
createLesson                 ..ooo xxooo ..ooo ..xxx
getLessonDraft               ..ooo xxooo ..ooo ..ooo
editLesson                   ..ccc xxccc ..ccc ..xxx
deleteLesson                 ..ooo xxooo ..ooo ..xxx
getDraftLessonFile           ..... xx... ..... .....
moveLesson                   ..ooo xxooo ..ooo ..xxx
duplicateLesson              ..ooo xxooo ..ooo ..xxx
getQuizDraft                 ..ooo xxooo ..ooo ..ooo
editQuizSettings             ..ccc xxccc ..ccc ..xxx
addQuestion                  ..ooo xxooo ..ooo ..xxx
replaceQuestion              ..ccc xxccc ..ccc ..xxx
removeQuestion               ..ccc xxccc ..ccc ..xxx
moveQuestion                 ..ooo xxooo ..ooo ..xxx
duplicateQuestion            ..ooo xxooo ..ooo ..xxx
importQuestions              ..ooo xxooo ..ooo ..xxx
getVideoDraft                ..ooo xxooo ..ooo ..ooo
getDraftPlayUrl              ..ooo xxooo ..ooo ..ooo
startVideoUpload             ..bbb xxbbb ..bbb ..xxx
abortVideoUpload             ..xxx xxxxx ..xxx ..xxx
signVideoParts               ..xxx xxxxx ..xxx ..xxx
attachVideo                  ..xxx xxxxx ..xxx ..xxx
setChapters                  ..bbb xxbbb ..bbb ..xxx
getPictureUrl                ..... ..... ..... .....
startPictureUpload           ..bbb xxbbb ..bbb ..xxx
abortPictureUpload           ..xxx xxxxx ..xxx ..xxx
signPictureParts             ..xxx xxxxx ..xxx ..xxx
attachPicture                ..xxx xxxxx ..xxx ..xxx
removePicture                ..ooo xxooo ..ooo ..xxx
listCaptions                 ..ooo xxooo ..ooo ..ooo
getCaptionsDraft             ..... xx... ..... .....
putCaptions                  ..ooo xxooo ..ooo ..xxx
editCaptions                 ..... xx... ..... ..xxx
removeCaptions               ..... xx... ..... ..xxx
keepCaptions                 ..... xx... ..... ..xxx
transcribe                   ..ooo xxooo ..ooo ..xxx
analyseQuiz                  ..ooo xxooo ..ooo ..ooo
listAllAttempts              ..xoo xxxoo ..xoo ..xoo
voidAttempt                  ..x.. xxxoo ..xoo ..x..
regradeQuiz                  ..xoo xxxoo ..xoo ..xoo
getCourse                    ..... ooooo o.... .....
listRelatedContent           ..... ooooo o.... .....
listLessons                  ..... ooooo o.... .....
getLesson                    ..... ooooo o.... .....
visitLesson                  ..... ooooo o.... .....
markLessonDone               ..... ooooo o.... .....
reportWatched                bbbbb bbbbb bbbbb bbbbb
openLesson                   ..... ooooo o.... .....
getPlayUrl                   ..... ooooo o.... .....
getLessonFile                ..... ..... ..... .....
getCaptions                  ..... ..... ..... .....
listAttempts                 ..... ooooo o.... .....
startAttempt                 ..... ooooo o.... .....
getAttempt                   ..... o.... o.... .....
saveAnswer                   ..... o.... o.... .....
submitAttempt                ..... o.... o.... .....
getProgress                  ..... ooooo o.... .....
getProgressHistory           ..... o.... o.... .....
renewCourse                  ..... x.... x.... .....
listCertificatesOfCourse     xxxoo xxxoo xxxoo xxxoo
"""
PATHS = """
getPathDraft                 ..ooo xxooo ..ooo ..ooo
editPath                     ..ooo xxccc ..ccc ..xxx
validatePath                 ..ooo xxooo ..ooo ..ooo
publishPath                  ..xoo xxxxx ..xoo ..xxx
unpublishPath                ..xxx xxxoo ..xxx ..xxx
archivePath                  ..xoo xxxoo ..xoo ..xxx
bringBackPath                ..xxx xxxxx ..xxx ..xoo
addStep                      ..bbb xxbbb ..bbb ..xxx
changeStep                   ..ooo xxooo ..ooo ..ooo
removeStep                   ..ooo xxbbb ..ooo ..xxx
moveStep                     ..ooo xxooo ..ooo ..xxx
getPath                      ..ooo ooooo o.ooo ..ooo
enterStep                    ..ooo ooooo o.ooo ..ooo
"""
CERTIFICATES = """
getCertificate               o..oo o..oo
getCertificateDownloadUrl    o..oo x..xx
getCertificateBadge          o..xx x..xx
revokeCertificate            x..xo x..xo
"""
