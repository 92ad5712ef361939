"""An address is looked for only where it can be, and found where it stands."""

import pytest
from django.urls import Resolver404, path, resolve
from django.urls.resolvers import URLPattern

from ccm_portal.core.addresses import first_words, pages_of


def view(request):
    """Any page."""


def page(route):
    return path(route, view)


def test_the_words_are_what_stands_before_the_first_stroke():
    assert first_words([page(""), page("reports/"), page("reports/<slug:state>/"), page("robots.txt")]) == {
        "",
        "reports",
        "robots.txt",
    }


@pytest.mark.parametrize("route", ["<slug:key>/", "v<int:number>/", "<path:everything>"])
def test_an_address_that_begins_with_anything_leaves_nothing_out(route):
    assert first_words([page("reports/"), page(route)]) is None


def test_pages_below_pages_count():
    assert first_words([pages_of("reporting.urls_reading")]) >= {"reports", "receipts"}


def test_only_those_modules_are_asked_that_hold_the_first_word():
    with pytest.raises(Resolver404) as nowhere:
        resolve("/nowhere-at-all/")

    asked = [entry for tried in nowhere.value.args[0]["tried"] for entry in tried if isinstance(entry, URLPattern)]
    assert [str(entry.pattern) for entry in asked if str(entry.pattern).startswith(("reports/", "my/"))] == []


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", "dashboard:home"),
        ("/states/lao-pdr/", "dashboard:state-detail"),
        ("/reports/lao-pdr/2025/", "reporting:report-detail"),
        ("/my/lao-pdr/reports/2026/file/", "reporting:draft-file"),
        ("/my/lao-pdr/people/", "core:delegation"),
        ("/files/reports.csv", "files:list-csv"),
    ],
)
def test_an_address_leads_where_it_stands(address, name):
    assert resolve(address).view_name == name
