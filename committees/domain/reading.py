"""Bodies and who leads them, as pages show them. Each function asks a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from committees.domain.presidency import past_president_on, president_designate_on, president_on
from committees.enums import BodyNature, NominationStatus
from committees.models import Body, Presidency, Term, TermPerson


@dataclass
class Place:
    """A body in the tree, with who leads it on the day that was asked for."""

    body: Body
    leaders: list[Term] = field(default_factory=list)
    children: list["Place"] = field(default_factory=list)
    themes: list["Place"] = field(default_factory=list)
    recorded: bool = False  # whether any term of it is, whenever: of others nobody can say that a seat is vacant

    @property
    def vacant(self) -> int:
        """Seats that nobody holds; none in the coordination body, which has no seats."""
        if self.body.kind.nature == BodyNature.COORDINATION or not self.recorded:
            return 0
        return max(self.body.seats - len(self.leaders), 0)


@dataclass(frozen=True)
class Offices:
    """The presidency on a day."""

    president: Presidency | None
    designate: Presidency | None
    past: Presidency | None


@dataclass(frozen=True)
class Tree:
    """Everything of a day: committees with what feeds them, the coordination body, themes."""

    committees: list[Place]
    coordination: list[Place]
    themes: list[Place]
    others: list[Place]  # below nothing, and none of these


def offices_on(day: date) -> Offices:
    return Offices(president_on(day), president_designate_on(day), past_president_on(day))


def places(on: date, *, only: Iterable[int] | None = None) -> dict[int, Place]:
    """Body id -> its place, for bodies that run on ``on``, in their order."""
    bodies = Body.objects.filter(Q(ends=None) | Q(ends__gt=on)).filter(Q(starts=None) | Q(starts__lte=on))
    if only is not None:
        bodies = bodies.filter(pk__in=only)
    bodies = bodies.select_related("kind", "parent").prefetch_related("committees").order_by("position", "pk")
    recorded = Exists(Term.objects.filter(body=OuterRef("pk")))
    found = {body.pk: Place(body, recorded=body.is_recorded) for body in bodies.annotate(is_recorded=recorded)}
    for term in leaders_on(on).filter(body__in=found):
        found[term.body_id].leaders.append(term)
    return found


def tree(on: date) -> Tree:
    """Every body that runs on ``on``, each where it belongs."""
    found = places(on)
    by_nature: dict[str, list[Place]] = defaultdict(list)
    for place in found.values():
        body = place.body
        parent = found.get(body.parent_id or 0)
        if parent:
            parent.children.append(place)
        else:
            by_nature[body.kind.nature].append(place)
        for committee in body.committees.all():
            if committee.pk in found:
                found[committee.pk].themes.append(place)
    return Tree(
        committees=by_nature[BodyNature.COMMITTEE],
        coordination=by_nature[BodyNature.COORDINATION],
        themes=by_nature[BodyNature.THEME],
        others=by_nature[BodyNature.INFORMAL],
    )


def leaders_on(day: date) -> "QuerySet[Term]":
    """The terms that run on ``day``, longest in office first, with their States and the persons of that day."""
    persons = TermPerson.objects.running(day).order_by("starts", "pk")
    return (
        Term.objects.running(day)
        .select_related("state__region_group")
        .prefetch_related(Prefetch("persons", persons, to_attr="persons_then"))
        .order_by("starts", "state__sort_en", "pk")
    )


@dataclass(frozen=True)
class Event:
    """One term in the history of a body."""

    date: date
    term: Term
    when: str  # past, now or ahead


def history(body: Body, *, on: date) -> list[Event]:
    """Every term of a body, newest first. A term that came of an election leads to its nomination."""
    terms = Term.objects.filter(body=body).select_related("state", "nomination").order_by("-starts", "state__sort_en")
    events = []
    for term in terms:
        when = "ahead" if term.starts > on else "past" if term.ends and term.ends <= on else "now"
        events.append(Event(term.starts, term, when))
    return events


def is_elected(term: Term) -> bool:
    """Whether it came of a nomination that everybody can read."""
    return term.nomination is not None and term.nomination.status == NominationStatus.ELECTED
