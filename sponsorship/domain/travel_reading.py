"""A journey's file in words: its parts as rows, its visa as days. What an officer reads, and the part of it that the
State's delegates read: nothing that is sealed, and no money."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ccm_portal.core.writing import date_text, labelled, listed, separator
from sponsorship.domain import money
from sponsorship.domain.journey_remarks import Remark, allowance
from sponsorship.domain.visa_clock import NOT_APPLIED, OPEN_VISAS, VisaClock, visa_clock
from sponsorship.enums import PassportStanding, VisaStatus
from sponsorship.models import Leg, TravelFile

FOR_THE_STATE = ("dates", "passport", "visa", "insurance", "route", "ticket")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One part of the file: what it is called, what it says, what does not fit. ``is_open``: nothing is said yet."""

    part: str
    term: str
    value: str
    remarks: Sequence[str] = ()
    is_open: bool = False


def rows(travel: TravelFile, legs: Sequence[Leg], remarks: Sequence[Remark]) -> list[Row]:
    """Every part, for an officer."""
    made = []
    for part, term, value in _parts(travel, legs):
        told = [one.words for one in remarks if one.part == part]
        made.append(Row(part=part, term=term, value=value or _("Not noted yet"), remarks=told, is_open=not value))
    return made


def rows_for_the_state(travel: TravelFile, legs: Sequence[Leg], remarks: Sequence[Remark]) -> list[Row]:
    """What the delegates of the State read: whether a ticket is bought, not for how much."""
    kept = [row for row in rows(travel, legs, remarks) if row.part in FOR_THE_STATE]
    bought = str(travel.offer.get_ticket_status_display())
    return [row if row.part != "ticket" else Row(part="ticket", term=row.term, value=bought) for row in kept]


def rows_for_the_person(travel: TravelFile, legs: Sequence[Leg], remarks: Sequence[Remark]) -> list[Row]:
    """What the person reads by their own link: what the State reads, where they stay, and their allowance."""
    of_state = rows_for_the_state(travel, legs, remarks)
    return of_state + [row for row in rows(travel, legs, ()) if row.part in ("stay", "allowance")]


def _parts(travel: TravelFile, legs: Sequence[Leg]) -> Iterator[tuple[str, str, str]]:
    yield "dates", _("Arrival and departure"), _span(travel.arrives, travel.departs)
    known = travel.passport != PassportStanding.UNKNOWN
    yield "passport", _("Passport"), str(travel.get_passport_display()) if known else ""
    yield "visa", pgettext("cost", "Visa"), _visa(travel)
    insured = [_span(travel.insured_from, travel.insured_until), travel.insurer]
    yield "insurance", _("Insurance"), "\n".join(filter(None, insured))
    yield "route", _("Route"), "\n".join(_leg(leg) for leg in legs)
    yield "ticket", _("Ticket"), _ticket(travel)
    yield "stay", _("Hotel"), "\n".join(filter(None, [travel.hotel, _nights(travel)]))
    yield "allowance", _("Daily allowance"), _sum(travel)
    needs = {True: _("yes"), False: _("no"), None: ""}
    yield "access", _("Access needs"), needs[travel.has_access_needs]


def _span(begins: date | None, ends: date | None) -> str:
    if begins and ends:
        return _("%(starts)s to %(ends)s") % {"starts": date_text(begins), "ends": date_text(ends)}
    if begins:
        return _("from %(day)s") % {"day": date_text(begins)}
    return _("until %(day)s") % {"day": date_text(ends)} if ends else ""


def _visa(travel: TravelFile) -> str:
    if travel.visa == VisaStatus.UNKNOWN and not travel.visa_note:
        return ""
    applied = date_text(travel.visa_applied_on) if travel.visa_applied_on else ""
    first = separator().join(filter(None, [str(travel.get_visa_display()), applied]))
    return "\n".join(filter(None, [first, travel.visa_note]))


def _leg(leg: Leg) -> str:
    way = _("%(origin)s – %(destination)s") % {"origin": leg.origin, "destination": leg.destination}
    return labelled(date_text(leg.day), separator().join(filter(None, [way, leg.carrier])))


def _ticket(travel: TravelFile) -> str:
    facts = [str(travel.offer.get_ticket_status_display())]
    if travel.ticket_price is not None and travel.ticket_currency:
        facts.append(money.told(travel.ticket_price, travel.ticket_currency))
    if travel.ticket_bought_on:
        facts.append(date_text(travel.ticket_bought_on))
    return listed(facts)


def _nights(travel: TravelFile) -> str:
    if travel.nights is None:
        return ""
    return ngettext("%(count)s night", "%(count)s nights", travel.nights) % {"count": number_format(travel.nights)}


def _sum(travel: TravelFile) -> str:
    days, rate, amount = allowance(travel)
    currency = travel.offer.round.currency
    return ngettext("%(count)s day × %(rate)s = %(sum)s", "%(count)s days × %(rate)s = %(sum)s", days) % {
        "count": number_format(days),
        "rate": money.told(rate, currency),
        "sum": money.told(amount, currency),
    }


def visa_days(travel: TravelFile, *, on: date) -> dict[str, Any] | None:
    """The days of the visa as events in their order, and the rule of the host country; nothing where none is needed
    or it is there."""
    if travel.visa not in OPEN_VISAS:
        return None
    days = visa_clock(travel, travel.offer.round)
    given = bool(travel.letter_number)
    found = [
        (days.letter_by, _("Letter of invitation"), given),
        (days.opens, _("Applications are taken from here on"), None),
        (days.apply_by, _("Apply by this day"), travel.visa not in NOT_APPLIED),
        (days.closes, _("Last day on which applications are taken, as a rule"), None),
        (days.answer_by, _("The visa should be there"), False),
        (days.starts, _("The journey begins"), None),
    ]
    if days.closes == days.apply_by:
        found = [one for one in found if one[1] != found[3][1]]
    events = [_event(day, title, done, on) for day, title, done in found if day]
    return {"events": sorted(events, key=lambda one: one["date"]), "rule": days.rule, "words": _rule(days)}


def _event(day: date, title: str, done: bool | None, on: date) -> dict[str, Any]:
    """``done`` is unknown of a day on which nobody has to do anything."""
    if done:
        return {"date": day, "title": title, "text": _("done"), "when": "past"}
    missed = done is False and day < on
    when = "now" if missed else "past" if day < on else "ahead"
    return {"date": day, "title": title, "text": _("over, and not done") if missed else "", "when": when}


def _rule(days: VisaClock) -> str:
    rule = days.rule
    if rule is None:
        return ""
    return _(
        "A Schengen visa is applied for from %(months)s months to %(latest)s days before the journey. A decision takes "
        "%(usual)s days, and up to %(longest)s."
    ) % {
        "months": rule.earliest_months,
        "latest": rule.latest_days,
        "usual": rule.usual_days,
        "longest": rule.longest_days,
    }
