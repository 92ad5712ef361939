"""What endangers a journey: the visa first, then passport, insurance and ticket."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ccm_portal.core.writing import date_text
from sponsorship.domain.visa_clock import NOT_APPLIED, journey, visa_clock
from sponsorship.enums import OfferStatus, PassportStanding, TicketStatus, VisaStatus
from sponsorship.models import Round, TravelFile

NEAR = timedelta(days=14)  # before the day to apply: it is time to say so
PASSPORT_NEAR = timedelta(days=90)  # before the journey: passports take long
READY_DAYS = timedelta(days=21)  # before the journey: ticket and insurance should be there


@dataclass(frozen=True, kw_only=True)
class Risk:
    """One danger. ``kind`` names it for ever, ``by`` is the day that counts, ``is_late`` whether that day is over or
    the thing is lost already; ``words`` name nobody."""

    kind: str
    part: str  # of the travel file, where it is mended
    words: str
    by: date | None
    is_late: bool = False


def journeys(round: Round | None = None) -> QuerySet[TravelFile]:
    """Files of journeys that are to come about, with what ``of_journey`` reads, in a constant number of queries."""
    found = TravelFile.objects.filter(offer__status=OfferStatus.ACCEPTED)
    if round is not None:
        found = found.filter(offer__round=round)
    return with_round(found)


def with_round(found: QuerySet[TravelFile]) -> QuerySet[TravelFile]:
    """With the offer, the person, the round and where its meeting is."""
    related = ("offer__nominee__application__state", "offer__round__meeting", "offer__round__shared_with")
    return found.select_related(*related).prefetch_related("offer__round__meeting__parts__host").order_by("pk")


def risks(round: Round, *, on: date) -> dict[TravelFile, list[Risk]]:
    """Every journey of a round that something endangers, in a constant number of queries, the most urgent first."""
    found = {travel: of_journey(travel, on=on) for travel in journeys(round)}
    endangered = [(travel, its) for travel, its in found.items() if its]
    return dict(sorted(endangered, key=lambda pair: (not pair[1][0].is_late, pair[1][0].by or date.max, pair[0].pk)))


def of_journey(travel: TravelFile, *, on: date) -> list[Risk]:
    """What endangers this journey on a day, what is late first. Nothing of a journey that is made, or given up."""
    round = travel.offer.round
    if travel.offer.status != OfferStatus.ACCEPTED or on > journey(travel, round)[1]:
        return []
    found = [*_visa(travel, round, on), *_passport(travel, round, on), *_insurance(travel, round, on)]
    found += [*_letter(travel, round, on), *_ticket(travel, round, on)]
    return sorted(found, key=lambda one: (not one.is_late, one.by or date.max))


def _visa(travel: TravelFile, round: Round, on: date) -> Iterable[Risk]:
    days = visa_clock(travel, round)
    if travel.visa == VisaStatus.REFUSED:
        yield Risk(kind="visa_refused", part="visa", words=_("The visa was refused."), by=days.starts, is_late=True)
    elif travel.visa in NOT_APPLIED and on > days.apply_by:
        words = _("The visa should have been applied for by %(day)s.") % {"day": date_text(days.apply_by)}
        yield Risk(kind="visa_late", part="visa", words=words, by=days.apply_by, is_late=True)
    elif travel.visa in NOT_APPLIED and on >= days.apply_by - NEAR:
        words = _("The visa has to be applied for by %(day)s.") % {"day": date_text(days.apply_by)}
        yield Risk(kind="visa_near", part="visa", words=words, by=days.apply_by)
    elif travel.visa == VisaStatus.APPLIED and on >= days.answer_by:
        words = _("The visa is applied for and not granted; the journey begins on %(day)s.")
        told = words % {"day": date_text(days.starts)}
        yield Risk(kind="visa_waits", part="visa", words=told, by=days.answer_by, is_late=True)


def _letter(travel: TravelFile, round: Round, on: date) -> Iterable[Risk]:
    days = visa_clock(travel, round)
    if travel.visa in NOT_APPLIED and not travel.letter_number and on >= days.letter_by:
        words = _("The letter of invitation is not made yet.")
        yield Risk(kind="letter_none", part="letter", words=words, by=days.letter_by)


def _passport(travel: TravelFile, round: Round, on: date) -> Iterable[Risk]:
    starts, ends = journey(travel, round)
    if travel.passport == PassportStanding.EXPIRES:
        words = _("The passport expires before the journey ends on %(day)s.") % {"day": date_text(ends)}
        yield Risk(kind="passport_expires", part="passport", words=words, by=starts, is_late=True)
    elif travel.passport == PassportStanding.TOO_SHORT:
        words = _("The passport is valid for less than the host country asks.")
        yield Risk(kind="passport_short", part="passport", words=words, by=starts, is_late=True)
    elif travel.passport == PassportStanding.UNKNOWN and on >= starts - PASSPORT_NEAR:
        yield Risk(kind="passport_unknown", part="passport", words=_("No passport is given yet."), by=starts)


def _insurance(travel: TravelFile, round: Round, on: date) -> Iterable[Risk]:
    starts, ends = journey(travel, round)
    if travel.insured_until is not None and travel.insured_until < ends:
        words = _("The insurance ends on %(day)s, before the journey does.") % {"day": date_text(travel.insured_until)}
        yield Risk(kind="insurance_short", part="insurance", words=words, by=starts, is_late=True)
    elif travel.insured_from is not None and travel.insured_from > starts:
        words = _("The insurance begins on %(day)s, after the journey does.") % {"day": date_text(travel.insured_from)}
        yield Risk(kind="insurance_short", part="insurance", words=words, by=starts, is_late=True)
    elif travel.insured_until is None and on >= starts - READY_DAYS:
        yield Risk(kind="insurance_none", part="insurance", words=_("No insurance is noted yet."), by=starts)


def _ticket(travel: TravelFile, round: Round, on: date) -> Iterable[Risk]:
    starts, _ends = journey(travel, round)
    if travel.offer.ticket_status == TicketStatus.NONE and on >= starts - READY_DAYS:
        yield Risk(kind="ticket_none", part="ticket", words=_("No ticket is bought yet."), by=starts)
