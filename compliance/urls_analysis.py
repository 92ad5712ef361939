"""Pages of what happens after a request was lodged."""

from django.urls import path

from compliance.views import analysis_desk, analysis_writing, request_talk

DESK = "desk/requests/<slug:state>/<slug:clock>/<int:number>/"
MINE = "my/<slug:state>/requests/<slug:clock>/<int:number>/"
urlpatterns = [
    path("desk/requests/", analysis_desk.request_desk, name="request-desk"),
    path("desk/requests/comments/<int:pk>/withdraw/", request_talk.comment_withdraw, name="comment-withdraw"),
    path("desk/requests/benchmarks/<int:pk>/", analysis_writing.benchmark_note, name="benchmark-note"),
    path(DESK, analysis_desk.group_desk, name="group-desk"),
    path(f"{DESK}begin/", analysis_desk.group_begin, name="group-begin"),
    path(f"{DESK}members/", analysis_desk.group_members, name="group-members"),
    path(f"{DESK}members/<int:pk>/", analysis_desk.group_member, name="group-member"),
    path(f"{DESK}item/", analysis_desk.request_item, name="request-item"),
    path(f"{DESK}questions/new/", request_talk.group_ask, name="group-ask"),
    path(f"{DESK}analysis/", analysis_writing.analysis_edit, name="analysis-edit"),
    path(f"{DESK}analysis/issue/", analysis_writing.analysis_issue, name="analysis-issue"),
    path(f"{DESK}decision/", analysis_writing.outcome_draft, name="outcome-draft"),
    path(f"{DESK}benchmarks/", analysis_writing.decision_benchmarks, name="decision-benchmarks"),
    path(f"{DESK}comment/", request_talk.request_comment, name="request-comment"),
    path(f"{MINE}questions/", request_talk.own_questions, name="own-questions"),
    path(f"{MINE}questions/<int:question>/", request_talk.group_answer, name="group-answer"),
]
