"""The round of the 14MSP: announced, some offers answered, a waiting list that moved, journeys under way."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from ccm_portal.demonstration.pictures import receipt
from ccm_portal.demonstration.scenes import before
from ccm_portal.demonstration.sponsorship_acts import ASSESSOR, MARK, Days, Office, first, offers_of
from meetings.models import Meeting
from sponsorship.domain import bank_changes, programmes, rounds, sealing, settlement, travel
from sponsorship.domain.settlement import Receipt
from sponsorship.enums import CostKind, OfferStatus, SealedKind, TicketStatus, VisaStatus
from sponsorship.models import Offer, Policy, Round, TravelFile

ASKED = {
    "LAO": 2, "TCD": 2, "VUT": 1, "LBN": 1, "AFG": 1, "BEN": 1, "BFA": 1, "CPV": 1, "COD": 1, "GNB": 1, "IRQ": 1,
    "MOZ": 1, "MRT": 1, "MWI": 1, "PLW": 1, "SOM": 1, "TGO": 1, "URY": 1, "ZMB": 1,
}  # fmt: skip
PLACES = 8
ACCEPT = ("LAO", "LBN", "SOM", "MRT")  # Chad has still to answer
DECLINE = ("VUT", "AFG")


def load_announced(office: Office, meeting: Meeting, policy: Policy, *, at: datetime) -> Round:
    """The round up to the day on which visas have to be asked for."""
    days = Days(planned=before(at, days=150), opened=before(at, days=140), closes=before(at, days=75))
    round = office.opens(meeting, policy, days, places=PLACES, reply_days=45)
    for place, (iso3, people) in enumerate(ASKED.items()):
        office.applies(round, iso3, people=people, at=before(at, days=120 - 2 * place))
    programmes.note(
        round=round, organisation=office.cast.organisations["cmc"], persons=24, women=13, about=MARK, version=0,
        by=office.cast.people["observer"], at=before(at, days=90),
    )  # fmt: skip
    rounds.close(round=round, at=before(at, days=74))
    office.weighs(round, at=before(at, days=60), by=[office.officer, office.cast.people[ASSESSOR]])
    round = office.decides(round, at=before(at, days=40))
    _replies(office, round, at=at)
    _journeys(office, round, at=at)
    return round


def _replies(office: Office, round: Round, *, at: datetime) -> None:
    for place, offer in enumerate(offers_of(round)):
        if offer.state.iso3 in ACCEPT:
            office.replies(offer, accepts=True, at=before(at, days=30 - place))
        elif offer.state.iso3 in DECLINE:
            office.replies(offer, accepts=False, at=before(at, days=18))


def _journeys(office: Office, round: Round, *, at: datetime) -> None:
    found = TravelFile.objects.filter(offer__round=round, offer__status=OfferStatus.ACCEPTED)
    files = {
        file.offer.state.iso3: file
        for file in found.select_related("offer__round__meeting", "offer__nominee__application__state")
    }
    meets = round.meeting
    for iso3, file in files.items():
        travel.issue_letter(file, by=office.officer, at=before(at, days=14))
        _seal(office, round, iso3, at=before(at, days=13))
        if iso3 == "LAO":
            _prepared(office, file, at=before(at, days=10))
    late = next((file for iso3, file in files.items() if iso3 not in ("LAO", "LBN")), None)
    if late:
        late.refresh_from_db()
        early = (at + timedelta(days=52)).date()
        values = {"arrives": early, "departs": meets.ends + timedelta(days=1)}
        travel.note(late, part="dates", values=values, version=late.version, by=office.officer, at=before(at, days=9))
        values = {
            "visa": VisaStatus.TO_APPLY,
            "visa_applied_on": None,
            "visa_note": f"{MARK} In Geneva for a fellowship from then on until the meeting.",
        }
        late.refresh_from_db()
        travel.note(late, part="visa", values=values, version=late.version, by=office.officer, at=before(at, days=9))


def _seal(office: Office, round: Round, iso3: str, *, at: datetime) -> None:
    """Numbers that nobody can take for real ones; the account of Lao PDR's is to change."""
    person = first(round, iso3)
    until = date(round.meeting.ends.year + (0 if iso3 == "LBN" else 4), 11, 1)
    passport = {"number": f"DEMO 000 {iso3}", "issuing": iso3, "valid_until": until, "name": person.name}
    sealing.write(person, SealedKind.PASSPORT, passport, by=office.officer, at=at, seen=0)
    if iso3 != "LAO":
        return
    bank = {"holder": person.name, "bank": "Demonstration bank", "account": "DEMO 0000 0001"}
    record = sealing.write(person, SealedKind.BANK, bank, by=office.officer, at=at, seen=0)
    sealing.write(person, SealedKind.HEALTH, {"needs": f"{MARK} A step-free way."}, by=office.officer, at=at, seen=0)
    bank_changes.propose(
        person, bank | {"account": "DEMO 0000 0002"}, reason=f"{MARK} The bank gave a new number.", by=office.officer,
        at=at + timedelta(days=10), version=record.version,
    )  # fmt: skip


def _prepared(office: Office, file: TravelFile, *, at: datetime) -> None:
    """Visa granted, insured, on the way by two flights; the ticket is paid, with its receipt."""
    meets, by = file.offer.round.meeting, office.officer
    arrives, departs = meets.starts - timedelta(days=1), meets.ends + timedelta(days=1)
    bought = at.date()
    parts = {
        "dates": {"arrives": arrives, "departs": departs},
        "visa": {"visa": VisaStatus.GRANTED, "visa_applied_on": bought, "visa_note": MARK},
        "insurance": {"insured_from": arrives, "insured_until": departs, "insurer": "Demonstration insurance"},
        "stay": {"hotel": "Hotel (demonstration)", "nights": 5, "days": 5},
    }
    for part, values in parts.items():
        file.refresh_from_db()
        travel.note(file, part=part, values=values, version=file.version, by=by, at=at)
    legs = [
        travel.Section(day=arrives, origin="Vientiane", destination="Bangkok", carrier="Demonstration air"),
        travel.Section(day=arrives, origin="Bangkok", destination="Geneva", carrier="Demonstration air"),
    ]
    file.refresh_from_db()
    travel.route(file, legs=legs, version=file.version, by=by, at=at)
    file.refresh_from_db()
    ticket = {
        "ticket_status": TicketStatus.BOUGHT,
        "ticket_price": Decimal(1430),
        "ticket_currency": "CHF",
        "ticket_bought_on": bought,
    }
    travel.ticket(file, values=ticket, version=file.version, by=by, at=at)
    offer = Offer.objects.select_related("nominee__application__state", "round__meeting").get(pk=file.offer_id)
    slip = Receipt(name="ticket.png", content=receipt("Ticket, CHF 1430.00"))
    settlement.enter_cost(
        offer=offer, kind=CostKind.TICKET, amount=Decimal(1430), currency="CHF", paid_on=bought,
        reference="DEMO-TICKET-LAO", note=MARK, receipt=slip,
        version=offer.version, by=by, at=at,
    )  # fmt: skip
