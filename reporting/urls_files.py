"""Files that leave. Their addresses have no language."""

from django.urls import path

from reporting.views import files, papers, report_files, spreadsheets

app_name = "files"
urlpatterns = [
    path("files/reports/status/<int:year>.csv", files.status_csv, name="status-csv"),
    path("files/reports/status/<int:year>.xlsx", spreadsheets.status_xlsx, name="status-xlsx"),
    path("files/reports.xlsx", spreadsheets.list_xlsx, name="list-xlsx"),
    path("files/reports.csv", spreadsheets.list_csv, name="list-csv"),
    path("files/reports/<slug:state>/<slug:slug>/v<int:number>.pdf", files.report_pdf, name="report-pdf"),
    path("files/reports/<slug:state>/<slug:slug>/v<int:number>.json", files.report_json, name="report-json"),
    path("files/reports/<slug:state>/<slug:slug>/v<int:number>.xlsx", spreadsheets.report_xlsx, name="report-xlsx"),
    path("files/reports/<slug:state>/<slug:slug>/v<int:number>.csv", spreadsheets.report_csv, name="report-csv"),
    path("files/papers/<slug:state>/<slug:slug>/", papers.paper_source, name="paper-source"),
    path(
        "files/reports/<slug:state>/<slug:slug>/v<int:number>/attachments/<slug:sha256>/<str:name>",
        report_files.report_attachment,
        name="report-attachment",
    ),
    path("files/receipts/<slug:number>.json", files.receipt_json, name="receipt-json"),
    path("files/report-schema-<slug:edition>.json", files.report_schema, name="report-schema"),
    path("files/receipt_check.py", files.receipt_program, name="receipt-program"),
]
