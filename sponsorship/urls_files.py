"""Files of sponsorship: addresses without a language."""

from django.urls import URLPattern, path

from sponsorship.views import accounts, ledger, travel_office, travel_own

app_name = "sponsorship-files"
urlpatterns: list[URLPattern] = [
    path("files/sponsorship/invitations/<uuid:offer>/<str:language>/", travel_office.letter_file, name="invitation"),
    path(
        "files/sponsorship/own-invitations/<uuid:offer>/<str:language>/", travel_own.own_letter, name="own-invitation"
    ),
    path("files/sponsorship/ledger.csv", ledger.ledger_csv, name="ledger-csv"),
    path("files/sponsorship/ledger.xlsx", ledger.ledger_xlsx, name="ledger-xlsx"),
    path(
        "files/sponsorship/reports/<uuid:key>/<slug:language>.<slug:ending>", accounts.account_file, name="account-file"
    ),
    path(
        "files/sponsorship/<slug:round>/report-<int:number>-<slug:language>.<slug:ending>",
        accounts.report_file,
        name="report-file",
    ),
]
