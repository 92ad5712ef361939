"""Files and feeds, which have no language: papers, programmes, statements, calendars."""

from django.urls import path

from meetings.views import decisions, papers, statements

app_name = "meeting-files"
urlpatterns = [
    path("files/decisions.csv", decisions.decisions_csv, name="decisions-csv"),
    path("files/papers.csv", papers.papers_csv, name="papers-csv"),
    path("files/papers/<int:pk>/<str:name>", papers.paper_text, name="paper-text"),
    path("files/unpublished-papers/<int:pk>/<str:name>", papers.paper_text_before, name="paper-text-before"),
    path("files/statements/<int:pk>/", statements.statement_file, name="statement-file"),
    path("files/statements/<int:pk>/own/", statements.own_statement_file, name="own-statement-file"),
]
