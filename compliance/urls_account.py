"""Pages of the President's report to a meeting."""

from django.urls import URLPattern, path

from compliance.views import president_report, report_issue

urlpatterns: list[URLPattern] = [
    path("cases/report/", president_report.accounts, name="account-list"),
    path("cases/report/<slug:key>/", president_report.account, name="account"),
    path("cases/report/<slug:key>/begin/", president_report.account_begin, name="account-begin"),
    path("cases/report/<slug:key>/issue/", report_issue.account_issue, name="account-issue"),
    path("cases/report/<slug:key>/act/<slug:act>/", president_report.account_act, name="account-act"),
    path("cases/report/<slug:key>/passages/<int:pk>/", president_report.passage, name="passage"),
    path("cases/report/<slug:key>/passages/<int:pk>/settle/", president_report.passage_settle, name="passage-settle"),
    path("compliance/reports/<slug:key>/", report_issue.issued_report, name="issued-report"),
]
