"""The desk of a round as its assessors use it, and what does not leave it."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ccm_portal.core.enums import Role
from sponsorship.domain import conflicts, decisions, offers
from sponsorship.enums import NomineeStatus, OfferStatus, RoundStatus
from sponsorship.models import ASSESS_ROUND, Nominee, Offer, RoundPlace
from tests.factories import person, state
from tests.sponsorship.domain.test_assessment import assessor, closed, finding, give
from tests.sponsorship.domain.test_offers import announced
from tests.sponsorship.factories import AT, a_contribution, a_round, an_application, received
from tests.support import sign_in

pytestmark = pytest.mark.django_db
HERE = {"origin": "http://testserver"}


def page(client, name, *args):
    return client.get(reverse(f"sponsorship:{name}", args=args))


def post(client, name, *args, **body):
    return client.post(reverse(f"sponsorship:{name}", args=args), body, headers=HERE)


@pytest.fixture
def officer():
    return person(Role.SPONSORSHIP_OFFICER)


def test_an_assessor_declares_scores_and_then_sees_the_ranking(client, officer):
    its = closed(LAO=5)
    lao = Nominee.objects.get()
    sign_in(client, officer)

    assert page(client, "ranking", its.key).url == reverse("sponsorship:conflicts", args=[its.key])
    assert post(client, "conflicts", its.key, version=0).status_code == 302
    assert "You have 1 score to give." in page(client, "ranking", its.key).content.decode()
    refused = post(client, "assess-nominee", its.key, lao.pk, version=0, points=8, reason=" ")
    assert refused.status_code == 422
    assert post(client, "assess-nominee", its.key, lao.pk, version=0, points=8, reason="Able.").status_code == 302
    assert "<b>13</b>" in page(client, "ranking", its.key).content.decode()


def test_an_assessor_from_outside_sees_scores_and_ranking_and_no_money_and_chooses_nobody(client):
    its = closed(LAO=5)
    received(a_contribution(state("CHE")), 7777)
    outside = person(Role.OBSERVER, "cmc")
    right = Permission.objects.get(codename=ASSESS_ROUND, content_type__app_label="sponsorship")
    RoundPlace.objects.create(user=outside, permission=right, content_object=its, given_at=AT)
    sign_in(client, outside)
    conflicts.declare(round=its, states=[], reason="", version=0, by=outside, at=AT)
    give(outside, "LAO", 9)
    Nominee.objects.update(status=NomineeStatus.SELECTED, decision_reason="QUIET-REASON")

    shown = page(client, "ranking", its.key).content.decode()

    # Somebody from outside may act for a State that applied: what is chosen is told with the announcement.
    assert "QUIET-REASON" not in shown and str(NomineeStatus.SELECTED.label) not in shown

    assert "<b>14</b>" in shown
    assert "7,777" not in shown and "Free money" not in shown and "<select" not in shown
    for name in ("ranking", "ranking-propose", "round-decide"):
        assert post(client, name, its.key, version=its.version).status_code == 403
    other = closed_elsewhere(its)
    assert page(client, "assessment", other).status_code == 404


def closed_elsewhere(its):
    its.pk, its.key, its._state.adding = None, "elsewhere", True
    its.save()
    return its.key


def test_choices_are_kept_and_what_was_typed_stays_where_somebody_else_was_quicker(client, officer):
    its = closed(places=1, LAO=9, TCD=5)
    conflicts.declare(round=its, states=[], reason="", version=0, by=officer, at=AT)
    conflicts.stop_scoring(round=its, by=officer, at=AT)
    sign_in(client, officer)
    lao, tcd = (Nominee.objects.get(application__state__iso3=one) for one in ("LAO", "TCD"))
    body = {f"choice-{tcd.pk}": "selected", f"reason-{tcd.pk}": "Women first.", f"choice-{lao.pk}": "waiting"}

    assert post(client, "ranking", its.key, version=1, **body).status_code == 302
    late = post(client, "ranking", its.key, version=1, **{f"choice-{lao.pk}": "selected", f"reason-{lao.pk}": "Typed"})

    assert late.status_code == 422
    assert "Typed" in late.content.decode() and 'name="version" value="2"' in late.content.decode()
    tcd.refresh_from_db()
    assert (tcd.status, tcd.decision_reason) == (NomineeStatus.SELECTED, "Women first.")


def test_nothing_of_a_quiet_decision_is_on_a_page_of_the_state_or_of_anybody_else(client, officer):
    its = closed(places=1, LAO=9, TCD=5)
    received(a_contribution(state("CHE")), 9000)
    head = person(Role.HEAD_OF_DELEGATION, "LAO")
    conflicts.declare(round=its, states=[], reason="", version=0, by=officer, at=AT)
    sign_in(client, head)
    named = ("dashboard:desk", "dashboard:home", "sponsorship:round-list", "api:state-list")
    pages = [reverse(one) for one in named] + [state("LAO").get_absolute_url(), its.get_absolute_url()]
    pages += [reverse("sponsorship:my-sponsorship", args=["lao-pdr"])]
    pages += [reverse("sponsorship:application", args=["lao-pdr", its.key])]
    lao = Nominee.objects.get(application__state__iso3="LAO")
    pages += [
        reverse(f"sponsorship:{one}", args=["lao-pdr", its.key, lao.pk]) for one in ("nominee", "nominee-withdraw")
    ]

    def all_pages():
        return [(address, words(client.get(address))) for address in pages]

    before = all_pages()
    assert {told[0] for _address, told in before} == {200}
    decisions.propose(round=its, version=1, by=officer, at=AT)
    decisions.decide(round=its, version=2, by=officer, at=AT)

    assert all_pages() == before
    assert Offer.objects.count() == 0


def words(answer):
    """The page without what differs from one drawing to the next."""
    text = answer.content.decode()
    return [answer.status_code] + [line for line in text.split("\n") if "csrf" not in line]


def test_the_round_is_announced_after_a_fresh_sign_in_and_offers_are_made(client, officer):
    its = closed(places=1, LAO=9, TCD=5)
    received(a_contribution(state("CHE")), 9000)
    conflicts.declare(round=its, states=[], reason="", version=0, by=officer, at=AT)
    conflicts.stop_scoring(round=its, by=officer, at=AT)
    sign_in(client, officer)
    assert post(client, "ranking-propose", its.key, version=1).status_code == 302
    assert post(client, "round-decide", its.key, version=2).status_code == 302

    assert post(client, "round-announce", its.key, version=3, text="Thanks.").status_code == 302

    its.refresh_from_db()
    assert (its.status, its.announcement) == (RoundStatus.ANNOUNCED, "Thanks.")
    shown = page(client, "waiting", its.key).content.decode()
    assert "Delegate 1, LAO (demonstration)" in shown and "Delegate 1, TCD (demonstration)" in shown


def test_a_state_reads_what_is_paid_and_owed_and_its_approver_answers(client):
    its, [lao, _tcd] = announced("LAO", "TCD", places=1)
    made = offers.offer(lao, by=None, at=AT)
    args = ("lao-pdr", its.key, made.pk)
    sign_in(client, person(Role.DRAFTER, "LAO"))
    shown = page(client, "offer-reply", *args).content.decode().replace("\xa0", " ")
    assert (
        "4 nights at CHF 150.00" in shown and "CHF 2,000.00 altogether" in shown and "Report on the particip" in shown
    )
    assert post(client, "offer-reply", *args, version=1, act="accept").status_code == 403

    sign_in(client, person(Role.APPROVER, "LAO"))
    assert post(client, "offer-reply", *args, version=1).status_code == 422
    assert post(client, "offer-reply", *args, version=1, act="decline", note="Ill.").status_code == 302

    made.refresh_from_db()
    assert (made.status, made.reply_note) == (OfferStatus.DECLINED, "Ill.")
    sign_in(client, person(Role.SPONSORSHIP_OFFICER))
    moves = page(client, "waiting", its.key).content.decode()
    assert "The place was offered." in moves and "After the offer to Lao" in moves


def test_the_pages_cost_as_many_queries_for_one_person_as_for_many(client, officer):
    its = closed(LAO=5)
    assessor(its)
    conflicts.declare(round=its, states=[], reason="", version=0, by=officer, at=AT)
    conflicts.stop_scoring(round=its, by=officer, at=AT)
    sign_in(client, officer)

    def queries():
        counts = []
        for name in ("assessment", "ranking"):
            with CaptureQueriesContext(connection) as counted:
                assert page(client, name, its.key).status_code == 200
            counts.append(len(counted))
        return counts

    queries()
    few = queries()
    for iso3 in ("TCD", "LBN", "MOZ"):
        an_application(its, state(iso3), people=2, eligibility=[finding(2)])
    assert queries() == few


def test_desks_say_what_is_next_and_an_application_leads_to_its_offer(client, officer):
    its, [lao] = announced("LAO")
    offers.offer(lao, by=None, at=AT)
    weighed = a_round(its.meeting, key="weighed", status=RoundStatus.CLOSED, policy=its.policy)
    an_application(weighed, state("TCD"))

    def desk(user):
        sign_in(client, user)
        return client.get(reverse("dashboard:desk")).content.decode()

    assert {"Declare your conflicts of interest", "Decide the round of sponsorship"} <= said_on(desk(officer))
    conflicts.declare(round=weighed, states=[], reason="", version=0, by=officer, at=AT)
    assert {"Score 1 nominated person", "Decide the round of sponsorship"} <= said_on(desk(officer))
    assert "Accept or decline an offer of sponsorship" in desk(person(Role.APPROVER, "LAO"))
    assert "Accept or decline an offer of sponsorship" not in desk(person(Role.DRAFTER, "LAO"))
    page_of = reverse("sponsorship:offer-reply", args=["lao-pdr", its.key, lao.offers.get().pk])
    assert page_of in page(client, "application", "lao-pdr", its.key).content.decode()


def said_on(page):
    """Which of the sentences of a desk are there."""
    known = ("Declare your conflicts of interest", "Decide the round of sponsorship", "Score 1 nominated person")
    return {one for one in known if one in page}
