"""Pages of settlement and reports, and the round as one page."""

from django.urls import path

from sponsorship.views import accounts, round_desk, settlement

OFFER = "office/sponsorship/settlement/<uuid:pk>/"
ROUND = "office/sponsorship/<slug:round>/"
urlpatterns = [
    path("office/sponsorship/settlement/", settlement.settlement_list, name="settlement-list"),
    path(OFFER, settlement.settlement_page, name="settlement"),
    path(f"{OFFER}costs/<int:cost>/undo/", settlement.cost_undo, name="cost-undo"),
    path(f"{OFFER}close/", settlement.settlement_close, name="settlement-close"),
    path(f"{OFFER}open-again/", settlement.settlement_reopen, name="settlement-reopen"),
    path(ROUND, round_desk.round_desk, name="round-desk"),
    path(f"{ROUND}settle/", settlement.round_settle, name="round-settle"),
    path(f"{ROUND}reports/meeting/", accounts.meeting_account, name="meeting-account"),
    path(f"{ROUND}reports/<int:contribution>/", accounts.donor_account, name="donor-account"),
    path(f"{ROUND}reports/<int:contribution>/named/", accounts.donor_named, name="donor-named"),
    path(f"{ROUND}reports/<uuid:key>/", accounts.issued_account, name="issued-account"),
    path(f"{ROUND}reports/<uuid:key>/paper/", accounts.account_paper, name="account-paper"),
    path("my/contributions/<int:contribution>/reports/<uuid:key>/", accounts.own_account, name="own-account"),
    path("sponsorship/<slug:round>/report/", accounts.meeting_report, name="meeting-report"),
    path("sponsorship/<slug:round>/report/<int:number>/", accounts.earlier_report, name="earlier-report"),
]
