"""Offers within places and money, replies in time, and a waiting list that moves by itself."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from ccm_portal.core import outbox
from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage
from ccm_portal.core.workflow import TransitionRefused
from committees.domain.said import WorkChanged, WorkRefused
from sponsorship.domain import funds, ledger, offers, waiting
from sponsorship.enums import AccountKind, NomineeStatus, OfferStatus, RoundStatus, TicketStatus
from sponsorship.models import Duty, Nominee, Offer, WaitingMove
from tests.factories import person, state
from tests.meetings.factories import meeting
from tests.sponsorship.factories import AT, a_contribution, a_round, an_application, received

pytestmark = pytest.mark.django_db


def announced(*iso3s, places=2, money="10000", **fields):
    """A round that is announced: each State's one person on the waiting list, in this order."""
    round = a_round(meeting(), status=RoundStatus.ANNOUNCED, places=places, announced_at=AT, **fields)
    if Decimal(money):
        round.money = received(a_contribution(state("CHE")), money)
    for rank, iso3 in enumerate(iso3s, 1):
        nominee = an_application(round, state(iso3)).nominees.get()
        Nominee.objects.filter(pk=nominee.pk).update(status=NomineeStatus.WAITING, waiting_rank=rank)
    return round, list(Nominee.objects.filter(application__round=round).order_by("waiting_rank"))


def standing(nominee):
    nominee.refresh_from_db()
    return nominee.status, nominee.waiting_rank, [one.status for one in nominee.offers.order_by("offered_at")]


def steps(round):
    """Who, and the sentence, in order."""
    found = WaitingMove.objects.filter(round=round).select_related("nominee__application__state").order_by("pk")
    return [(move.nominee and move.nominee.state.iso3, waiting.words(move)) for move in found]


def test_an_offer_costs_what_was_assumed_and_its_money_is_held():
    round, [lao, _tcd] = announced("LAO", "TCD")

    made = offers.offer(lao, by=None, at=AT)

    assert (made.total, made.reply_by.isoformat()) == (Decimal(2000), "2026-12-04T23:59:00+00:00")
    assert funds.of_round(round).held == 2000
    assert standing(lao) == (NomineeStatus.SELECTED, None, [OfferStatus.OFFERED])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"status": RoundStatus.DECIDED}, "Offers are made once the decision is announced."),
        ({"places": 0}, "All 0 places of this round are taken already."),
        ({"money": "1999.95"}, "The money that may be used for this person does not suffice: CHF 0.05 is missing."),
    ],
)
def test_an_offer_is_refused_in_words_and_holds_nothing(change, sentence):
    money = change.pop("money", "10000")
    round, [lao] = announced("LAO", money=money)
    type(round).objects.filter(pk=round.pk).update(**change)

    with pytest.raises(WorkRefused) as refusal:
        offers.offer(lao, by=None, at=AT)

    assert str(refusal.value).replace("\xa0", " ") == sentence
    assert (Offer.objects.count(), funds.of_round(round).held, standing(lao)[0]) == (0, 0, NomineeStatus.WAITING)


def test_nobody_is_offered_a_second_place():
    _round, [lao] = announced("LAO")
    offers.offer(lao, by=None, at=AT)
    with pytest.raises(WorkRefused, match="This person holds an offer already."):
        offers.offer(lao, by=None, at=AT)


def test_whoever_accepts_gets_a_file_of_the_journey_and_what_is_owed_for_it():
    _round, [lao] = announced("LAO")
    head = person(Role.HEAD_OF_DELEGATION, "LAO")
    made = offers.offer(lao, by=None, at=AT)

    done = offers.accept(made, version=1, by=head, at=AT)

    assert (done.status, done.replied_by, done.travel.visa) == (OfferStatus.ACCEPTED, head, "unknown")
    assert Duty.objects.filter(offer=made).count() == 3
    with pytest.raises(TransitionRefused):
        offers.decline(made, version=2, by=head, at=AT)


def test_a_declined_place_goes_to_the_next_for_whom_money_suffices_and_the_reasons_stay():
    round, [lao, tcd, lbn] = announced("LAO", "TCD", "LBN", places=1, money="2000")
    head = person(Role.HEAD_OF_DELEGATION, "LAO")
    officer = person(Role.SPONSORSHIP_OFFICER)
    round.costs.create(
        round=round, state=tcd.state, ticket=3000, nights=0, night_rate=0, days=0, daily_rate=0, terminal=0
    )
    made = offers.offer(lao, by=officer, at=AT)

    offers.decline(made, version=1, note="Parliament sits.", by=head, at=AT)

    assert standing(lao) == (NomineeStatus.SELECTED, None, [OfferStatus.DECLINED])
    assert standing(tcd) == (NomineeStatus.WAITING, 2, [])
    assert standing(lbn) == (NomineeStatus.SELECTED, None, [OfferStatus.OFFERED])
    assert [(who, words.replace("\xa0", " ")) for who, words in steps(round)] == [
        ("TCD", "Passed over: the money that may be used for this person lacks CHF 1,000.00."),
        ("LBN", "The place was offered."),
    ]
    assert funds.of_round(round).held == 2000
    told = OutgoingMessage.objects.filter(user=officer).values_list("kind", flat=True)
    assert list(told) == ["sponsorship.offer_answered"]


def test_an_offer_lapses_once_its_time_is_over_and_not_before():
    round, [lao, tcd] = announced("LAO", "TCD", places=1)
    head = person(Role.HEAD_OF_DELEGATION, "LAO")
    made = offers.offer(lao, by=None, at=AT)

    assert offers.sweep(at=made.reply_by) == 0
    with pytest.raises(WorkRefused, match="The time for the reply was over on 4 December 2026"):
        offers.accept(made, version=1, by=head, at=made.reply_by + timedelta(minutes=1))
    assert offers.sweep(at=made.reply_by + timedelta(minutes=1)) == 1

    assert standing(lao)[2] == [OfferStatus.LAPSED]
    assert standing(tcd)[2] == [OfferStatus.OFFERED]
    assert offers.sweep(at=made.reply_by + timedelta(minutes=2)) == 0


def test_after_ticketing_the_money_stays_held_until_the_settlement_and_the_place_goes_on():
    round, [lao, tcd] = announced("LAO", "TCD", places=1, money="4000")
    head = person(Role.HEAD_OF_DELEGATION, "LAO")
    made = offers.accept(offers.offer(lao, by=None, at=AT), version=1, by=head, at=AT)
    Offer.objects.filter(pk=made.pk).update(ticket_status=TicketStatus.BOUGHT)

    with pytest.raises(WorkRefused, match="Say why."):
        offers.withdraw(made, version=2, reason=" ", by=head, at=AT)
    offers.withdraw(made, version=2, reason="Fell ill.", by=head, at=AT)

    assert funds.of_offer(made).held == 2000
    assert standing(tcd)[2] == [OfferStatus.OFFERED]
    assert ledger.balance(round.money, AccountKind.FREE) == 0


def test_without_a_ticket_what_was_held_is_free_again():
    _round, [lao] = announced("LAO")
    head = person(Role.HEAD_OF_DELEGATION, "LAO")
    made = offers.accept(offers.offer(lao, by=None, at=AT), version=1, by=head, at=AT)

    offers.withdraw(made, version=2, reason="Fell ill.", by=head, at=AT)

    assert funds.of_offer(made).held == 0
    assert [who for who, _words in steps(made.round)] == [None]


def test_a_reply_from_a_page_that_is_out_of_date_changes_nothing_and_an_officer_says_where_it_was_said():
    _round, [lao] = announced("LAO")
    officer = person(Role.SPONSORSHIP_OFFICER)
    made = offers.offer(lao, by=None, at=AT)
    with pytest.raises(WorkChanged):
        offers.accept(made, version=7, by=officer, at=AT, on_behalf=True, note="Note verbale 12/2026")
    with pytest.raises(WorkRefused, match="Say where the State said it."):
        offers.accept(made, version=1, by=officer, at=AT, on_behalf=True)
    assert offers.accept(made, version=1, by=officer, at=AT, on_behalf=True, note="Note verbale 12/2026").version == 2


def test_the_state_is_reminded_once_a_rung_and_every_mail_says_what_is_true_when_it_leaves():
    round, [lao, tcd] = announced("LAO", "TCD", places=1)
    head, officer = person(Role.HEAD_OF_DELEGATION, "LAO"), person(Role.SPONSORSHIP_OFFICER)
    made = offers.offer(lao, by=None, at=AT)
    days = [(made.reply_by - timedelta(days=days), owed) for days, owed in ((7, 0), (5, 1), (4, 0), (1, 1), (0, 0))]
    assert [offers.remind(at=at) for at, _owed in days] == [owed for _at, owed in days]

    offers.sweep(at=made.reply_by + timedelta(minutes=1))

    at = made.reply_by + timedelta(minutes=2)
    mails = {message.kind: mail(message, at) for message in OutgoingMessage.objects.order_by("pk")}
    page = f"/my/lao-pdr/sponsorship/{round.key}/offers/{made.pk}/"
    assert (mails["sponsorship.offer"], mails["sponsorship.offer_due"]) == (None, None)
    assert "was not answered by 4 December 2026" in mails["sponsorship.offer_lapsed"]
    assert page in mails["sponsorship.offer_lapsed"] and "Delegate" not in mails["sponsorship.offer_lapsed"]
    assert "offered to Chad, the next on the waiting list" in mails["sponsorship.offer_answered"]
    assert {m.user for m in OutgoingMessage.objects.all()} == {head, officer}
    assert standing(tcd)[2] == [OfferStatus.OFFERED]


def mail(message, at):
    """The words of a mail as it would leave now; nothing where it is not true any more."""
    kind = outbox.kinds()[message.kind]
    context = kind.context(message, at)
    return context and render_to_string(kind.template, context)
