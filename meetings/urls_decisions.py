"""Decisions: the register, votes, silence procedures, reports of meetings."""

from django.urls import URLPattern, path

from meetings.views import calendar_feeds, decisions, decisions_desk, decisions_running, meeting_report, members

DESK = "meetings/<slug:key>/desk/decisions/"
ONE = f"{DESK}<int:number>/"
urlpatterns: list[URLPattern] = [
    path("decisions/", decisions.decision_list, name="decision-list"),
    path("meetings/<slug:key>/decisions/", decisions.meeting_decisions, name="meeting-decisions"),
    path("meetings/<slug:key>/decisions/<int:number>/", decisions.decision_detail, name="decision-detail"),
    path("meetings/<slug:key>/decisions/<int:number>/vote/", decisions_running.decision_vote, name="decision-vote"),
    path(
        "meetings/<slug:key>/decisions/<int:number>/silence/",
        decisions_running.decision_silence,
        name="decision-silence",
    ),
    path(DESK, decisions_desk.decision_desk, name="decision-desk"),
    path(f"{DESK}read/", members.decision_list, name="decisions-for-members"),
    path(f"{ONE}read/", members.decision, name="decision-for-members"),
    path(f"{DESK}new/", decisions_desk.decision_new, name="decision-new"),
    path(ONE, decisions_desk.decision_page, name="decision-page"),
    path(f"{ONE}edit/", decisions_desk.decision_edit, name="decision-edit"),
    path(f"{ONE}record/", decisions_desk.decision_record, name="decision-record"),
    path(f"{ONE}drop/", decisions_desk.decision_drop, name="decision-drop"),
    path(f"{ONE}follow-ups/", decisions_desk.follow_up_add, name="decision-follow-up-add"),
    path(f"{ONE}vote/open/", decisions_running.vote_open, name="decision-vote-open"),
    path(f"{ONE}vote/close/", decisions_running.vote_close, name="decision-vote-close"),
    path(f"{ONE}vote/call-off/", decisions_running.vote_call_off, name="decision-vote-call-off"),
    path(f"{ONE}silence/open/", decisions_running.silence_open, name="decision-silence-open"),
    path("meetings/<slug:key>/desk/report/", meeting_report.report_page, name="meeting-report"),
    path("meetings/<slug:key>/desk/report/docx/", meeting_report.report_docx, name="meeting-report-docx"),
    path("meetings/<slug:key>/desk/report/pdf/", meeting_report.report_pdf, name="meeting-report-pdf"),
    path("meetings/<slug:key>/desk/report/keep/", meeting_report.report_keep, name="meeting-report-keep"),
    path("calendar/subscribe/", calendar_feeds.calendar_subscribe, name="calendar-subscribe"),
    path("my/calendar/", calendar_feeds.my_calendar, name="my-calendar"),
    path("my/calendar/make/", calendar_feeds.my_calendar_make, name="my-calendar-make"),
    path("my/calendar/end/", calendar_feeds.my_calendar_end, name="my-calendar-end"),
    path("my/follow-ups/<int:pk>/", decisions_running.follow_up, name="follow-up"),
]
