"""Diversity and rotation of leadership: counts and words that help a choice. Nothing here decides or refuses.

How many women and men stand under the terms is counted for all bodies together, and for one body only from
``FEWEST`` persons on: fewer would tell of each.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.enums import Known
from ccm_portal.core.models import RegionGroup, State
from ccm_portal.core.writing import listed
from committees.domain import reading
from committees.domain.seats import Warning, warnings_for
from committees.enums import BodyNature, Gender
from committees.models import Body, Nomination, Term, TermPerson

FEWEST = 3
LONG_YEARS = 6
MANY_BODIES = 3
DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Counts:
    """Of the States and persons that lead: regional groups by name, affected and other States, persons by gender."""

    states: int
    regions: list[tuple[str, int]]
    affected: int
    genders: list[tuple[str, int]]  # empty where too few stand there to be counted


@dataclass(frozen=True)
class BodyView:
    """One body: who leads it, counted, and what is to be thought over."""

    place: reading.Place
    counts: Counts
    warnings: list[Warning]


@dataclass(frozen=True)
class Served:
    """What a State has done as a leader: years over all its terms up to a day, how many terms, what it leads now."""

    state: State
    years: float
    terms: int
    leads: list[Body]


@dataclass(frozen=True)
class Diversity:
    """The whole: each body, all together, how long States have served, and which have never led."""

    bodies: list[BodyView]
    whole: Counts
    warnings: list[Warning]
    served: list[Served]  # longest first
    never: list[tuple[str, list[State]]]  # regional group -> its States Parties that have never led


def diversity(on: date) -> Diversity:
    """Leadership on ``on``. A constant number of queries."""
    places = [p for p in reading.places(on).values() if p.body.kind.nature != BodyNature.COORDINATION]
    terms = [term for place in places for term in place.leaders]
    served = sorted(record(on).values(), key=lambda one: (-one.years, one.state.sorts_by))
    groups = list(RegionGroup.objects.by_name())
    parties = list(State.objects.parties_on(on).select_related("region_group").by_name())
    led = {one.state.pk for one in served}
    never = [
        (group.name, [state for state in parties if state.region_group_id == group.pk and state.pk not in led])
        for group in groups
    ]
    bodies = [
        BodyView(place, _counts(place.leaders, fewest=FEWEST), warnings_for(place.body, place.leaders, on=on))
        for place in places
    ]
    return Diversity(
        bodies=bodies,
        whole=_counts(terms, fewest=1),
        warnings=_of_all(terms, served, groups),
        served=served,
        never=[(name, states) for name, states in never if states],
    )


def record(on: date, *, states: Iterable[int] | None = None) -> dict[int, Served]:
    """State id -> what it has done as a leader up to ``on``, for States that have led. One query."""
    terms = Term.objects.filter(starts__lte=on).select_related("state__region_group", "body").order_by("starts", "pk")
    if states is not None:
        terms = terms.filter(state__in=states)
    by_state: dict[int, list[Term]] = {}
    for term in terms:
        by_state.setdefault(term.state_id, []).append(term)
    return {
        pk: Served(
            state=held[0].state,
            years=sum(((min(term.ends or on, on)) - term.starts).days for term in held) / DAYS_A_YEAR,
            terms=len(held),
            leads=[term.body for term in held if term.ends is None or term.ends > on],
        )
        for pk, held in by_state.items()
    }


def _counts(terms: Sequence[Term], *, fewest: int) -> Counts:
    """Of terms with their States, and with the persons of the day as ``persons_then``."""
    states = {term.state_id: term.state for term in terms}
    regions = Counter(state.region_group.name if state.region_group else "–" for state in states.values())
    persons: list[TermPerson] = [person for term in terms for person in getattr(term, "persons_then", ())]
    genders = Counter(person.gender for person in persons)
    labels = dict(Gender.choices)
    return Counts(
        states=len(states),
        regions=sorted(regions.items(), key=lambda row: (-row[1], row[0])),
        affected=sum(state.affected == Known.YES for state in states.values()),
        genders=[(str(labels[key]), genders[key]) for key in labels if genders[key]] if len(persons) >= fewest else [],
    )


def _of_all(terms: Sequence[Term], served: Sequence[Served], groups: Sequence[RegionGroup]) -> list[Warning]:
    if not terms:
        return []
    leading = {term.state.region_group_id for term in terms}
    found = [
        Warning("region", _("No State of this regional group leads a body: %(group)s.") % {"group": group.name})
        for group in groups
        if group.pk not in leading
    ]
    if not any(term.state.affected == Known.YES for term in terms):
        found.append(Warning("affected", _("No State that is listed as affected leads a body.")))
    persons = [person for term in terms for person in getattr(term, "persons_then", ())]
    known = {person.gender for person in persons if person.gender}
    if len(known) == 1 and len(persons) >= FEWEST:
        found.append(Warning("gender", _("All persons whose gender is known are of one gender.")))
    for one in served:
        if len(one.leads) >= MANY_BODIES:
            found.append(
                Warning(
                    "rotation",
                    _("%(state)s leads %(count)s bodies: %(bodies)s.")
                    % {
                        "state": one.state.name,
                        "count": len(one.leads),
                        "bodies": listed(body.name for body in one.leads),
                    },
                )
            )
        if one.leads and one.years >= LONG_YEARS:
            found.append(
                Warning(
                    "rotation",
                    ngettext(
                        "%(state)s has led for %(count)s year, all terms added up, and leads still.",
                        "%(state)s has led for %(count)s years, all terms added up, and leads still.",
                        int(one.years),
                    )
                    % {"state": one.state.name, "count": int(one.years)},
                )
            )
    return found


@dataclass(frozen=True)
class Compared:
    """A nomination beside the others: what its State has done, and what would be said if it were elected."""

    nomination: Nomination
    served: Served | None  # None: it has never led
    beside: list[Term]  # who would lead with it on its first day
    warnings: list[Warning]


@dataclass(frozen=True)
class Contest:
    """The nominations to one body."""

    body: Body
    rows: list[Compared]
    together: list[Warning]  # if all of them were elected; empty where there are more of them than seats


def contests(nominations: Sequence[Nomination], *, on: date) -> list[Contest]:
    """Nominations by body. Three queries, however many there are."""
    bodies = {nomination.body_id: nomination.body for nomination in nominations}
    terms = list(Term.objects.filter(body__in=bodies).select_related("state__region_group").order_by("starts", "pk"))
    done = record(on, states={nomination.state_id for nomination in nominations})
    found = []
    for body in sorted(bodies.values(), key=lambda one: (one.position, one.pk)):
        here = [nomination for nomination in nominations if nomination.body_id == body.pk]
        staying = [_staying(terms, one) for one in here]
        rows = [
            Compared(
                nomination=one,
                served=done.get(one.state_id),
                beside=beside,
                warnings=_but_vacancies(warnings_for(body, [*beside, _as_term(one)], on=one.starts)),
            )
            for one, beside in zip(here, staying, strict=True)
        ]
        found.append(Contest(body, rows, _together(body, here, staying)))
    return found


def _but_vacancies(warnings: list[Warning]) -> list[Warning]:
    """That a seat stays free is for the body to think over, and nothing about the State that is put forward."""
    return [warning for warning in warnings if warning.kind != "vacant"]


def _together(body: Body, here: Sequence[Nomination], staying: Sequence[Sequence[Term]]) -> list[Warning]:
    """If all that are nominated were elected beside those who stay."""
    beside = {term.pk: term for terms in staying for term in terms}
    if len(here) < 2 or len(beside) + len(here) > body.seats:
        return []
    day = max(one.starts for one in here)
    return _but_vacancies(warnings_for(body, [*beside.values(), *map(_as_term, here)], on=day))


def _staying(terms: Iterable[Term], nomination: Nomination) -> list[Term]:
    day = nomination.starts
    return [
        term
        for term in terms
        if term.body_id == nomination.body_id and term.starts <= day and (term.ends is None or term.ends > day)
    ]


def _as_term(nomination: Nomination) -> Term:
    """What it would be, not saved."""
    return Term(body=nomination.body, state=nomination.state, starts=nomination.starts, ends=nomination.ends)
