"""What the world reads. Included by ``reporting.urls``."""

from django.urls import path

from reporting.views import changes, reading, report_table

urlpatterns = [
    path("reports/", reading.report_list, name="report-list"),
    path("reports/status/", reading.filing_status, name="filing-status"),
    path("reports/status/<int:year>/", reading.filing_status, name="filing-status"),
    path("reports/checks/", reading.check_list, name="check-list"),
    path("reports/<slug:state>/<slug:slug>/", reading.report_detail, name="report-detail"),
    path("reports/<slug:state>/<slug:slug>/v<int:number>/", reading.report_detail, name="report-version"),
    path("reports/<slug:state>/<slug:slug>/v<int:number>/pdf/", reading.report_paper, name="report-paper"),
    path("reports/<slug:state>/<slug:slug>/v<int:number>/changes/", changes.report_changes, name="report-changes"),
    path(
        "reports/<slug:state>/<slug:slug>/v<int:number>/tables/<slug:section>/<slug:part>/",
        report_table.report_table,
        name="report-table",
    ),
    path("receipts/<slug:number>/", reading.receipt_detail, name="receipt-detail"),
]
