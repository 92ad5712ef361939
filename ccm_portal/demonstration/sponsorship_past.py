"""The round of the 13MSP: over, paid, reported, and its names deleted on their day."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from ccm_portal.demonstration.sponsorship_acts import MARK, Days, Office, offers_of
from meetings.models import Meeting
from sponsorship.domain import accounts, coming, duties, purging, round_settling, rounds, settlement, travel
from sponsorship.enums import CostKind, DutyKind, OfferStatus, TicketStatus
from sponsorship.models import Contribution, Duty, Offer, Policy, Round

ASKED = ("LAO", "TCD", "VUT", "ZMB", "TGO", "BEN", "LBN", "IRQ")
PLACES = 6


def load_settled(
    office: Office, meeting: Meeting, policy: Policy, given: list[Contribution], *, at: datetime
) -> Round | None:
    """The whole life of the round; nothing where the meeting lies ahead."""
    if meeting.ends + timedelta(days=100) >= at.date():
        return None
    days = Days(planned=_at(3, 3), opened=_at(3, 10), closes=_at(5, 30))
    round = office.opens(meeting, policy, days, places=PLACES, reply_days=21)
    for place, iso3 in enumerate(ASKED):
        office.applies(round, iso3, at=_at(4, 7 + place))
    rounds.close(round=round, at=_at(5, 31))
    office.weighs(round, at=_at(6, 5), by=[office.officer])
    round = office.decides(round, at=_at(6, 16))
    _replies(office, round)
    _meets(office, round)
    _settles(office, round)
    for contribution in (*given, None):
        figures = accounts.fingerprint(accounts.draft(round, contribution, at=_at(11, 3)))
        accounts.issue(round=round, contribution=contribution, seen=figures, by=office.officer, at=_at(11, 3))
    purging.purge(round, at=datetime(2025, 12, 19, 2, tzinfo=UTC))
    return round


def _replies(office: Office, round: Round) -> None:
    """Everybody accepts but one, whose place goes to the next on the list."""
    offered = offers_of(round)
    last = [offer for offer in offered if not office.has_people(offer.state)][-1]
    for offer in offered:
        office.replies(offer, accepts=offer != last, at=_at(6, 24))
    for offer in offers_of(round, status=OfferStatus.OFFERED):
        office.replies(offer, accepts=True, at=_at(6, 30))
    for journey in Offer.objects.filter(round=round, status=OfferStatus.ACCEPTED).select_related("travel"):
        values = {
            "ticket_status": TicketStatus.BOUGHT,
            "ticket_price": journey.ticket,
            "ticket_currency": "CHF",
            "ticket_bought_on": date(2025, 8, 4),
        }
        file = journey.travel
        travel.ticket(file, values=values, version=file.version, by=office.officer, at=_at(8, 4))


def _meets(office: Office, round: Round) -> None:
    """Who came, what the records of the meeting say of duties, and what was handed in."""
    journeys = _journeys(round)
    absent = next(offer for offer in journeys if not office.has_people(offer.state))
    for offer in journeys:
        if offer == absent:
            coming.did_not_come(
                offer, reason=f"{MARK} No word was had.", excused=False, version=offer.version, by=office.officer,
                at=_at(9, 19),
            )  # fmt: skip
        else:
            coming.came(offer, version=offer.version, by=office.officer, at=_at(9, 19))
    for duty in Duty.objects.filter(
        offer__round=round, kind=DutyKind.ATTENDANCE, offer__status=OfferStatus.TRAVELLED
    ).select_related("offer__nominee__application__state"):
        duties.judge(
            duty, met=True, by_hand=True, note=f"{MARK} Seen in the room.", version=duty.version, by=office.officer,
            at=_at(9, 22),
        )  # fmt: skip
    reports = Duty.objects.filter(offer__round=round, kind=DutyKind.REPORT, offer__status=OfferStatus.TRAVELLED)
    for duty in reports.select_related("offer__nominee__application__state"):
        text = f"{MARK} We spoke on clearance and met three donors on the margins of the meeting."
        duties.hand_in(duty, text=text, version=duty.version, by=office.officer, at=_at(10, 7))
    duties.look(round, at=_at(10, 27))


def _settles(office: Office, round: Round) -> None:
    """What was paid, with the references of the receipts; the ticket that was not used came back in part."""
    by = office.officer
    for place, offer in enumerate(_journeys(round)):
        paid = [(CostKind.TICKET, offer.ticket - 20 * place, date(2025, 8, 4), False)]
        if offer.status == OfferStatus.NO_SHOW:
            values = {
                "ticket_status": TicketStatus.RETURNED,
                "ticket_price": offer.ticket,
                "ticket_currency": "CHF",
                "ticket_bought_on": date(2025, 8, 4),
            }
            travel.ticket(offer.travel, values=values, version=offer.travel.version, by=by, at=_at(9, 29))
            paid.append((CostKind.TICKET, Decimal(640), date(2025, 9, 29), True))
        else:
            paid += [
                (CostKind.HOTEL, offer.nights * offer.night_rate, date(2025, 9, 20), False),
                (CostKind.ALLOWANCE, offer.days * offer.daily_rate, date(2025, 9, 16), False),
                (CostKind.TERMINAL, offer.terminal, date(2025, 9, 16), False),
            ]
        for kind, amount, day, came_back in paid:
            offer.refresh_from_db()
            settlement.enter_cost(
                offer=offer, kind=kind, amount=amount, currency="CHF", paid_on=day,
                reference=f"DEMO-{'BACK' if came_back else kind.upper()}-{place + 1}", came_back=came_back,
                version=offer.version, by=by, at=_at(10, 8),
            )  # fmt: skip
        offer.refresh_from_db()
        settlement.settle(offer=offer, version=offer.version, by=by, at=_at(10, 20))
    round.refresh_from_db()
    round_settling.settle(round=round, version=round.version, by=by, at=_at(10, 28))


def _journeys(round: Round) -> list[Offer]:
    found = Offer.objects.filter(round=round, travel__isnull=False)
    found = found.select_related("travel", "round__meeting", "nominee__application__state")
    return list(found.order_by("offered_at", "nominee__application__state__iso3", "nominee__rank"))


def _at(month: int, day: int) -> datetime:
    """Ten o'clock of a day of the meeting's year, UTC."""
    return datetime(2025, month, day, 10, tzinfo=UTC)
