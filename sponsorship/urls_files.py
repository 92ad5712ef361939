"""Files of sponsorship: addresses without a language."""

from django.urls import URLPattern, path

from sponsorship.views import ledger, travel_office, travel_own

app_name = "sponsorship-files"
urlpatterns: list[URLPattern] = [
    path("files/sponsorship/invitations/<uuid:offer>/<str:language>/", travel_office.letter_file, name="invitation"),
    path(
        "files/sponsorship/own-invitations/<uuid:offer>/<str:language>/", travel_own.own_letter, name="own-invitation"
    ),
    path("files/sponsorship/ledger.csv", ledger.ledger_csv, name="ledger-csv"),
    path("files/sponsorship/ledger.xlsx", ledger.ledger_xlsx, name="ledger-xlsx"),
]
