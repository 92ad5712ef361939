"""Pages of money: the office's, and a donor's own."""

from django.urls import URLPattern, path

from sponsorship.views import contribution_acts, contributions, contributions_own, ledger

OFFICE = "office/sponsorship/money/"
MINE = "my/contributions/"
urlpatterns: list[URLPattern] = [
    path(OFFICE, contributions.contribution_list, name="contribution-list"),
    path(f"{OFFICE}new/", contributions.contribution_new, name="contribution-new"),
    path(f"{OFFICE}rates/", ledger.exchange_rates, name="exchange-rates"),
    path(f"{OFFICE}ledger/", ledger.ledger_page, name="ledger"),
    path(f"{OFFICE}<int:pk>/", contributions.contribution, name="contribution"),
    path(f"{OFFICE}<int:pk>/change/", contributions.contribution_change, name="contribution-change"),
    path(f"{OFFICE}<int:pk>/receive/", contribution_acts.receive, name="contribution-receive"),
    path(f"{OFFICE}<int:pk>/return/", contribution_acts.give_back, name="contribution-return"),
    path(f"{OFFICE}<int:pk>/currency/", contribution_acts.change_currency, name="contribution-currency"),
    path(f"{OFFICE}<int:pk>/entries/<int:entry>/undo/", contribution_acts.undo, name="contribution-undo"),
    path(MINE, contributions_own.my_contributions, name="my-contributions"),
    path(f"{MINE}<int:pk>/", contributions_own.my_contribution, name="my-contribution"),
]
