"""Files and feeds, which have no language: papers, programmes, statements, calendars."""

from django.urls import path

from meetings.views import calendar_feeds, decisions, members, papers, programmes, statements

app_name = "meeting-files"
urlpatterns = [
    path("calendar/all.ics", calendar_feeds.all_ics, name="all-ics"),
    path("calendar/deadlines.ics", calendar_feeds.deadlines_ics, name="deadlines-ics"),
    path("calendar/bodies/<slug:key>.ics", calendar_feeds.body_ics, name="body-ics"),
    path("calendar/meetings/<slug:key>.ics", calendar_feeds.meeting_ics, name="meeting-ics"),
    path("calendar/mine/<slug:token>.ics", calendar_feeds.own_ics, name="own-ics"),
    path("files/decisions.csv", decisions.decisions_csv, name="decisions-csv"),
    path("files/papers.csv", papers.papers_csv, name="papers-csv"),
    path("files/papers/<int:pk>/<str:name>", papers.paper_text, name="paper-text"),
    path("files/unpublished-papers/<int:pk>/<str:name>", papers.paper_text_before, name="paper-text-before"),
    path(
        "files/programmes/<slug:key>-r<int:number>-<str:language>.pdf", programmes.programme_pdf, name="programme-pdf"
    ),
    path("files/statements/<int:pk>/", statements.statement_file, name="statement-file"),
    path("files/statements/<int:pk>/members/", members.statement_file, name="members-statement-file"),
    path("files/statements/<int:pk>/own/", statements.own_statement_file, name="own-statement-file"),
]
