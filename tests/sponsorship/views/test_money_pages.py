"""The office's pages of money, and a donor's own."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ccm_portal.core.enums import Role
from ccm_portal.core.models import Organisation
from ccm_portal.core.work_items import work_items_for
from sponsorship.domain import contributions, funds
from sponsorship.domain.contributions import Promised, Terms
from sponsorship.enums import NomineeStatus
from sponsorship.models import Contribution, ExchangeRate, LedgerEntry
from tests.factories import person, state
from tests.meetings.factories import meeting
from tests.sponsorship.factories import AT, a_contribution, a_round, an_application, an_offer, received
from tests.support import sign_in

pytestmark = pytest.mark.django_db
TODAY = AT.date()


@pytest.fixture
def officer(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", AT.isoformat())
    user = person(Role.SPONSORSHIP_OFFICER, "iso")
    client = sign_in(Client(), user)
    client.user = user
    return client


def pledged(officer, donor=None, amount="10000", currency="NOK", due=None, **terms):
    promised = [Promised(year=2026, amount=Decimal(amount), due_on=due)]
    return contributions.pledge(
        donor=donor or state("NOR"),
        currency=currency,
        terms=Terms(pledged_on=TODAY, instalments=promised, **terms),
        by=officer.user,
        at=AT,
    )


def page(client, name, *args, **query):
    answer = client.get(reverse(f"sponsorship:{name}", args=args), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def rows(*years):
    data = {"year-TOTAL_FORMS": str(len(years)), "year-INITIAL_FORMS": "0"}
    for n, (year, amount, due) in enumerate(years):
        data |= {f"year-{n}-year": year, f"year-{n}-amount": amount, f"year-{n}-due_on": due}
    return data


def test_an_officer_enters_a_pledge_and_money_and_sees_every_cent(officer):
    new = reverse("sponsorship:contribution-new")
    typed = {
        "state": "norway",
        "currency": "NOK",
        "pledged_on": "2026-11-20",
        "earmarks": ["least_developed"],
        "is_named": "on",
    } | rows(("2026", "100,000.50", "2026-12-15"), ("2027", "50 000", ""), ("", "", ""))

    answer = officer.post(new, typed)

    row = Contribution.objects.get()
    assert answer.url == reverse("sponsorship:contribution", args=[row.pk])
    receive = reverse("sponsorship:contribution-receive", args=[row.pk])
    sent = {"version": row.version, "amount": "160,000.50", "day": "2026-11-24", "reference": "DNB 1"}
    answer = officer.post(receive, sent, follow=True)
    words = " ".join(answer.content.decode().split())
    assert "NOK 10,000.00 more than was pledged has come in." in words
    assert "Paid in by the donor → Free" in words and "Reference: DNB 1" in words
    again = officer.post(receive, sent | {"version": row.version + 1})
    assert again.status_code == 422 and "DNB 1 was entered already" in again.content.decode()
    whole = page(officer, "contribution-list")
    assert "The ledger adds up to zero in NOK" in whole and "Least developed countries" in whole


def test_a_pledge_with_an_error_keeps_what_was_typed(officer):
    typed = {"state": "norway", "currency": "NOK", "pledged_on": "2026-11-20", "reference": "NV 7"}

    answer = officer.post(
        reverse("sponsorship:contribution-new"), typed | rows(("2026", "1.500", ""), ("2027", "", "2027-01-01"))
    )

    words = answer.content.decode()
    assert answer.status_code == 422 and not Contribution.objects.exists()
    assert "can be read as two different numbers" in words and "Write the year" not in words
    assert 'value="NV 7"' in words and 'value="1.500"' in words


def test_a_stale_page_is_told_and_the_pledge_it_saw_is_not_overwritten(officer):
    row = pledged(officer)
    received_meanwhile = contributions.receive(
        contribution=row, amount=Decimal(1), day=TODAY, reference="A", note="", version=1, by=officer.user, at=AT
    )
    typed = {"version": 1, "pledged_on": "2026-11-24", "reason": "A letter"} | rows(("2026", "7", ""))

    answer = officer.post(reverse("sponsorship:contribution-change", args=[row.pk]), typed)

    assert answer.status_code == 422 and "This was changed after you opened the page" in answer.content.decode()
    assert row.instalments.get().amount == 10000
    undo = reverse("sponsorship:contribution-undo", args=[row.pk, received_meanwhile.entry.pk])
    assert officer.post(undo, {"version": 1, "reason": "Slip"}).status_code == 422
    assert officer.post(undo, {"version": 2, "reason": "Slip"}).status_code == 302


def test_a_rate_far_from_the_last_one_is_asked_again_on_the_page(officer):
    url = reverse("sponsorship:exchange-rates")
    typed = {"base": "EUR", "quote": "CHF", "rate": "0.934", "day": "2026-11-20", "source": "ECB"}
    assert officer.post(url, typed).status_code == 302

    answer = officer.post(url, typed | {"rate": "9342", "day": "2026-11-23"})
    assert answer.status_code == 422 and "I have checked it" in answer.content.decode()
    assert officer.post(url, typed | {"rate": "9342", "day": "2026-11-23", "sure": "on"}).status_code == 302
    assert [one.rate for one in ExchangeRate.objects.order_by("day")] == [Decimal("0.934"), 9342]


def test_the_ledger_is_filtered_and_taken_away(officer):
    kroner = pledged(officer)
    contributions.receive(
        contribution=kroner, amount=Decimal(5), day=TODAY, reference="=1+1", note="", version=1, by=officer.user, at=AT
    )
    received(a_contribution(state("CHE")), 100)

    told = page(officer, "ledger", currency="NOK")
    file = officer.get(reverse("sponsorship-files:ledger-csv"), {"kind": "receipt", "sort": "earliest"})

    assert "Norway" in told and "CHF 100.00" not in told
    lines = file.content.decode().splitlines()
    assert lines[0].lstrip("\ufeff").startswith("entry,day,entered,kind,donor,currency,amount,from,to")
    assert [line.split(",")[3:9] for line in lines[1:]] == [
        ["receipt", "Norway", "NOK", "5.00", "donor", "free"],
        ["receipt", "Switzerland", "CHF", "100.00", "donor", "free"],
    ]
    assert "'=1+1" in lines[1]
    sheet = officer.get(reverse("sponsorship-files:ledger-xlsx"), {"lang": "fr"})
    assert sheet.status_code == 200 and sheet.content[:2] == b"PK"


def test_the_list_costs_the_same_for_one_contribution_and_for_three(officer):
    a_round(meeting())
    pledged(officer)
    counts = []
    for more in ((), ("20000", "30000")):
        for amount in more:
            pledged(officer, state("SWE"), amount=amount, currency="SEK")
        with CaptureQueriesContext(connection) as asked:
            page(officer, "contribution-list")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_donor_sees_its_own_money_and_states_once_they_are_announced(officer):
    found = a_round(meeting(), announced_at=None)
    nominee = an_application(found, state("TCD")).nominees.get()
    nominee.status = NomineeStatus.SELECTED
    nominee.save()
    row = pledged(officer, currency="CHF", reference="NV 3", note="Said by telephone.", due=date(2026, 11, 1))
    other = pledged(officer, donor=Organisation.objects.get(key="cmc"))
    contributions.receive(
        contribution=row,
        amount=Decimal(3000),
        day=TODAY,
        reference="UBS 77",
        note="",
        version=1,
        by=officer.user,
        at=AT,
    )
    funds.hold(an_offer(nominee), by=None, at=AT)
    norway, observer = person(Role.DRAFTER, "NOR"), person(Role.OBSERVER, "cmc")
    donor = sign_in(Client(), norway)

    before = page(donor, "my-contribution", row.pk)
    found.announced_at = AT
    found.save()
    after = page(donor, "my-contribution", row.pk)

    assert "1 person" in before and "CHF 2,000.00" in before and "Chad" not in before
    assert "Chad" in after and nominee.name not in after
    assert "UBS 77" not in after and "Said by telephone." not in after and "NV 3" in after
    assert donor.get(reverse("sponsorship:my-contribution", args=[other.pk])).status_code == 404
    assert sign_in(Client(), observer).get(reverse("sponsorship:my-contribution", args=[other.pk])).status_code == 200
    told = [(item.label, item.due) for item in work_items_for(norway, on=TODAY) if "contribution" in item.label]
    assert told == [("Send your contribution to sponsorship: CHF\u00a07,000.00", date(2026, 11, 1))]
    assert "1 instalment of a donor is overdue" in [item.label for item in work_items_for(officer.user, on=TODAY)]


def test_a_currency_that_changes_needs_its_rate_and_leads_to_the_new_contribution(officer):
    row = pledged(officer)
    url = reverse("sponsorship:contribution-currency", args=[row.pk])
    typed = {"version": 1, "currency": "EUR", "day": "2026-11-24"}

    answer = officer.post(url, typed)
    assert answer.status_code == 422 and reverse("sponsorship:exchange-rates") in answer.content.decode()
    ExchangeRate.objects.create(base="EUR", quote="NOK", day=TODAY, rate=Decimal("11.75"), source="ECB", noted_at=AT)
    officer.post(url, typed)

    made = Contribution.objects.get(replaces=row)
    assert made.instalments.get().amount == Decimal("851.06")
    assert LedgerEntry.objects.filter(contribution=made).count() == 1
