"""Pages of settlement and of the round: nothing typed is lost, and a page costs the same for one person and three."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from sponsorship.domain import funds
from sponsorship.enums import OfferStatus, RoundStatus, SettlementStatus
from sponsorship.models import ActualCost, IssuedAccount, Offer
from tests.factories import person, state
from tests.meetings.factories import meeting
from tests.sponsorship.factories import AT, a_contribution, a_round, an_application, an_offer, received
from tests.support import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return sign_in(Client(), person(Role.SPONSORSHIP_OFFICER, "gichd"))


@pytest.fixture
def offer():
    its = a_round(meeting(), status=RoundStatus.ANNOUNCED, announced_at=AT)
    received(a_contribution(state("CHE")), 20000)
    return travelled(its, "TCD")


def travelled(its, iso3):
    made = an_offer(an_application(its, state(iso3)).nominees.get(), status=OfferStatus.TRAVELLED)
    funds.hold(made, by=None, at=AT)
    return made


def typed(offer, **fields):
    return {
        "way": "paid",
        "kind": "ticket",
        "amount": "980.00",
        "currency": "CHF",
        "paid_on": clock.today().isoformat(),
        "reference": "INV-1",
        "note": "By rail to Geneva",
        "version": Offer.objects.get(pk=offer.pk).version,
    } | fields


def test_a_payment_that_looks_entered_already_is_asked_once_more_with_what_was_typed(officer, offer):
    page = reverse("sponsorship:settlement", args=[offer.pk])
    assert officer.post(page, typed(offer)).status_code == 302

    asked = officer.post(page, typed(offer, kind="hotel", reference="INV-2"))
    assert asked.status_code == 422
    assert b'value="By rail to Geneva"' in asked.content and b'type="checkbox" name="again"' in asked.content

    assert officer.post(page, typed(offer, kind="hotel", reference="INV-2", again="on")).status_code == 302
    assert [cost.amount for cost in ActualCost.objects.order_by("pk")] == [Decimal(980), Decimal(980)]


def test_a_page_that_is_old_keeps_what_was_typed_and_the_second_press_enters_it(officer, offer):
    page = reverse("sponsorship:settlement", args=[offer.pk])
    old = typed(offer, reference="INV-2", amount="5.00")
    officer.post(page, typed(offer))

    refused = officer.post(page, old)

    now = Offer.objects.get(pk=offer.pk).version
    assert refused.status_code == 422 and b'value="INV-2"' in refused.content
    assert f'name="version" value="{now}"'.encode() in refused.content
    assert officer.post(page, old | {"version": now}).status_code == 302


def test_a_settlement_is_closed_and_opened_again_with_a_reason_on_its_page(officer, offer):
    version = {"version": offer.version}
    officer.post(reverse("sponsorship:settlement-close", args=[offer.pk]), version)
    offer.refresh_from_db()
    assert offer.settlement == SettlementStatus.SETTLED

    again = {"version": offer.version, "reason": "A late bill."}
    officer.post(reverse("sponsorship:settlement-reopen", args=[offer.pk]), again)

    offer.refresh_from_db()
    assert (offer.settlement, offer.settlement_note) == (SettlementStatus.OPEN, "A late bill.")


def test_the_round_as_one_page_costs_the_same_for_one_person_and_for_three(
    officer, offer, django_assert_max_num_queries
):
    page = reverse("sponsorship:round-desk", args=[offer.round.key])
    officer.get(page)
    with django_assert_max_num_queries(60) as one:
        assert "Delegate 1, TCD" in officer.get(page).content.decode()
    for iso3 in ("LAO", "LBN"):
        travelled(offer.round, iso3)
    received(a_contribution(state("NOR")), 500)
    with django_assert_max_num_queries(len(one)):
        told = officer.get(page).content.decode()
    assert "3 journeys are to be settled" in told and "Norway" in told


def test_a_report_is_issued_from_its_page_and_read_by_its_donor_and_no_other(officer, offer):
    officer.post(reverse("sponsorship:settlement", args=[offer.pk]), typed(offer))
    donor = ActualCost.objects.get().entries.get().contribution
    page = reverse("sponsorship:donor-account", args=[offer.round.key, donor.pk])
    seen = officer.get(page).context["seen"]

    officer.post(page, {"seen": seen})

    issued = IssuedAccount.objects.get()
    address = reverse("sponsorship:own-account", args=[donor.pk, issued.key])
    assert "CHF\u00a0980.00" in sign_in(Client(), person(Role.DRAFTER, "CHE")).get(address).content.decode()
    assert sign_in(Client(), person(Role.APPROVER, "NOR")).get(address).status_code == 404
