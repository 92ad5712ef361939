"""The journey of a sponsored person: the file in which every fact of it stands, opened when the offer is accepted.

Each part of the file is saved on its own. What does not fit together is told in words (``journey_remarks``) and kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.workflow import locked
from committees.domain.said import WorkRefused, refuse_stale
from sponsorship.domain import sealing
from sponsorship.domain.visa_clock import journey
from sponsorship.enums import DutyKind, OfferStatus, SettlementStatus, TicketStatus, VisaStatus
from sponsorship.models import Duty, Leg, Offer, Round, TravelFile

# What is saved together, by the name of its part.
PARTS: Mapping[str, tuple[str, ...]] = {
    "dates": ("arrives", "departs"),
    "visa": ("visa", "visa_applied_on", "visa_note"),
    "insurance": ("insured_from", "insured_until", "insurer"),
    "stay": ("hotel", "nights", "days"),
    "access": ("has_access_needs",),
}
ROUTE, TICKET = "route", "ticket"
MOST_LEGS = 12


@dataclass(frozen=True, kw_only=True)
class Section:
    """One flight, train or road, as it is typed."""

    day: date
    origin: str
    destination: str
    carrier: str = ""


@transaction.atomic
def open_file(offer: Offer, *, by: User | None, at: datetime) -> TravelFile:
    """Open the file of a journey, and write down what is owed for it: a statement, attendance, a report.

    Called within the acceptance of ``offer``, which holds its lock. A file that is there already is returned as it is.
    """
    found = TravelFile.objects.filter(offer=offer).first()
    if found is not None:
        return found
    travel = TravelFile.objects.create(offer=offer)
    Duty.objects.bulk_create([Duty(offer=offer, kind=kind) for kind in DutyKind])
    derive_passport(travel)
    register.append(action="sponsorship.travelfile.open", by=by, at=at, state=offer.state, obj=travel)
    return travel


@transaction.atomic
def note(travel: TravelFile, *, part: str, values: Mapping[str, Any], version: int, by: User, at: datetime) -> None:
    """Save one part of the file (``PARTS``).

    :raises WorkChanged: if somebody else has changed the file since.
    :raises WorkRefused: if the journey is settled or given up, or the days of a visa do not belong to what is said.
    """
    travel = _open(travel, version)
    for name in PARTS[part]:
        setattr(travel, name, values[name])
    if travel.arrives and travel.departs and travel.departs < travel.arrives:
        raise WorkRefused(_("The departure lies before the arrival."))
    if travel.visa_applied_on and travel.visa in (VisaStatus.UNKNOWN, VisaStatus.NOT_NEEDED, VisaStatus.TO_APPLY):
        raise WorkRefused(_("There is a day on which the visa was applied for: say that it is applied for."))
    _saved(travel, part, by=by, at=at)


@transaction.atomic
def route(travel: TravelFile, *, legs: Iterable[Section], version: int, by: User, at: datetime) -> None:
    """Save the route, in the order given, in place of the one before.

    :raises WorkChanged: if somebody else has changed the file since.
    :raises WorkRefused: if the journey is settled or given up, or has too many legs.
    """
    travel = _open(travel, version)
    given = list(legs)
    if len(given) > MOST_LEGS:
        raise WorkRefused(_("A route has at most %(count)s legs here.") % {"count": MOST_LEGS})
    travel.legs.all().delete()
    Leg.objects.bulk_create(
        [
            Leg(
                travel=travel,
                position=number,
                day=one.day,
                origin=one.origin,
                destination=one.destination,
                carrier=one.carrier,
            )
            for number, one in enumerate(given, 1)
        ]
    )
    _saved(travel, ROUTE, by=by, at=at)


@transaction.atomic
def ticket(travel: TravelFile, *, values: Mapping[str, Any], version: int, by: User, at: datetime) -> None:
    """Save price, currency, day of purchase, and what became of the ticket, also after a withdrawal. What was paid is
    entered where the journey is settled.

    :raises WorkChanged: if somebody else has changed the file since.
    :raises WorkRefused: if the journey is settled, or what is said does not belong together.
    """
    offer = locked(travel.offer)
    travel = locked(travel)
    refuse_stale(travel, version)
    _refuse_settled(offer)
    status = TicketStatus(values["ticket_status"])
    facts = (values["ticket_price"], values["ticket_currency"], values["ticket_bought_on"])
    if status != TicketStatus.NONE and not all(facts):
        raise WorkRefused(_("Say what the ticket costs, in which currency, and when it was bought."))
    if status == TicketStatus.NONE and values["ticket_bought_on"]:
        raise WorkRefused(_("There is a day on which the ticket was bought: say what became of it."))
    if status == TicketStatus.USED and offer.status in (OfferStatus.WITHDRAWN, OfferStatus.NO_SHOW):
        raise WorkRefused(_("This person did not travel: the ticket is returned, or unused without a refund."))
    travel.ticket_price, travel.ticket_currency, travel.ticket_bought_on = facts
    travel.version += 1
    travel.save()
    offer.ticket_status = status
    offer.version += 1
    offer.save(update_fields=["ticket_status", "version"])
    _noted(travel, offer, TICKET, by=by, at=at)


@transaction.atomic
def issue_letter(travel: TravelFile, *, by: User, at: datetime) -> TravelFile:
    """Give the letter of invitation its number, which it keeps; it is printed in whichever language is needed.

    :raises WorkRefused: if the offer is not accepted, or nobody's name is known any more.
    """
    round = locked(travel.offer.round)  # its letters are numbered one after the other
    travel = locked(travel)
    if travel.letter_number:
        return travel
    if travel.offer.status != OfferStatus.ACCEPTED:
        raise WorkRefused(_("A letter of invitation is for a person who has accepted."))
    if not travel.offer.nominee.name:
        raise WorkRefused(_("The name of this person is deleted: there is nobody to invite."))
    number = TravelFile.objects.filter(offer__round=round).exclude(letter_number="").count() + 1
    travel.letter_number, travel.letter_at = f"{round.key.upper()}/SP/{number:03}", at
    travel.version += 1
    travel.save()
    _noted(travel, travel.offer, "letter", by=by, at=at)
    return travel


def derive_passport(travel: TravelFile) -> None:
    """Say anew what the sealed day of the passport means for the journey. Nobody reads it."""
    round = travel.offer.round
    departs = journey(travel, round)[1]
    standing = sealing.passport_standing(travel.offer.nominee, departs=departs, months=round.passport_months)
    if standing != travel.passport:
        travel.passport = standing
        travel.save(update_fields=["passport"])


def forget(round: Round, at: datetime) -> None:
    """What journeys tell of persons, gone with what was sealed (``purging.also``): routes, access needs, why somebody
    did not come. Whether it was excused stays, and so does the report, which is the State's."""
    Leg.objects.filter(travel__offer__round=round).delete()
    TravelFile.objects.filter(offer__round=round).update(has_access_needs=None)
    Offer.objects.filter(round=round).update(absence_reason="")
    Duty.objects.filter(offer__round=round).update(note="")


def _open(travel: TravelFile, version: int) -> TravelFile:
    """The file, locked, of a journey that can still change."""
    offer = locked(travel.offer)
    travel = locked(travel)
    refuse_stale(travel, version)
    _refuse_settled(offer)
    if offer.status not in (OfferStatus.ACCEPTED, OfferStatus.TRAVELLED):
        raise WorkRefused(_("This journey was given up: only its ticket can still be noted."))
    return travel


def _refuse_settled(offer: Offer) -> None:
    if offer.settlement == SettlementStatus.SETTLED:
        raise WorkRefused(_("This journey is settled; nothing of it changes any more."))


def _saved(travel: TravelFile, part: str, *, by: User, at: datetime) -> None:
    travel.version += 1
    travel.save()
    derive_passport(travel)
    _noted(travel, travel.offer, part, by=by, at=at)


def _noted(travel: TravelFile, offer: Offer, part: str, *, by: User, at: datetime) -> None:
    """The act in the register, without what was said: the transaction's last statement."""
    register.append(
        action="sponsorship.travelfile.note", by=by, at=at, state=offer.state, obj=travel, data={"part": part}
    )
