"""Addresses of the office: what the ISO does around filed reports."""

from django.urls import path

from reporting.views import office, papers

urlpatterns = [
    path("office/reports/", office.office_reports_list, name="office-reports"),
    path("office/reports/enter/", papers.paper_begin, name="paper-begin"),
    path("office/reports/<slug:state>/<slug:slug>/", office.office_report, name="office-report"),
    path("office/reports/<slug:state>/<slug:slug>/thank/", office.thank, name="report-thank"),
    path("office/reports/<slug:state>/<slug:slug>/ask/", office.ask, name="report-ask"),
    path("office/reports/<slug:state>/<slug:slug>/enter/", papers.paper_enter, name="paper-enter"),
    path("office/reports/<slug:state>/<slug:slug>/drop/", papers.paper_drop, name="paper-drop"),
    path("office/questions/<int:pk>/withdraw/", office.question_withdraw, name="question-withdraw"),
    path("office/questions/<int:pk>/noted/", office.question_noted, name="question-noted"),
]
