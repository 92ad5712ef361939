"""The presidency: a State is in office from the day after one meeting ends to the last day of its own."""

from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.domain.reference import ReferenceRefused, read
from ccm_portal.core.models import State, User
from ccm_portal.core.writing import date_text
from committees.models import Presidency

HISTORY = Path(__file__).parents[1] / "reference" / "presidencies.csv"


class PresidencyRefused(Exception):
    """It cannot be so. The message is fit to show the user."""


def president_on(day: date) -> Presidency | None:
    """Who is in office on ``day``; where an end is not known, until the next one is known to have begun."""
    return _all().filter(Q(ends=None) | Q(ends__gt=day), starts__lte=day).order_by("-starts").first()


def president_designate_on(day: date) -> Presidency | None:
    """Who comes next, as far as it was chosen by ``day``."""
    return (
        _all()
        .filter(
            Q(starts=None) | Q(starts__gt=day),
            Q(designated_on=None) | Q(designated_on__lte=day),
            Q(ends=None) | Q(ends__gt=day),
        )
        .order_by(F("starts").asc(nulls_last=True), F("ends").asc(nulls_last=True), "pk")
        .first()
    )


def past_president_on(day: date) -> Presidency | None:
    """Who was in office before the one of ``day``."""
    return _all().filter(ends__lte=day).order_by("-ends").first()


def _all() -> QuerySet[Presidency]:
    return Presidency.objects.select_related("state__region_group")


@transaction.atomic
def designate(
    *,
    meeting_key: str,
    state: State,
    on: date | None,
    source: str,
    person_name: str = "",
    starts: date | None = None,
    ends: date | None = None,
    by: User | None,
    at: datetime,
) -> Presidency:
    """A meeting has chosen the State that presides over a later one. ``starts`` and ``ends`` (excluded) where known.

    :raises PresidencyRefused: if somebody presides over that meeting already, or the Convention is not in force for
        the State.
    """
    there = Presidency.objects.select_for_update().filter(meeting_key=meeting_key).select_related("state").first()
    if there:
        raise PresidencyRefused(
            _("%(state)s is chosen for this meeting already.") % {"state": there.state.name},
        )
    _refuse_stranger(state, on or at.date())
    _refuse_backwards(starts, ends)
    presidency = Presidency.objects.create(
        meeting_key=meeting_key,
        state=state,
        designated_on=on,
        source=source,
        person_name=person_name,
        starts=starts,
        ends=ends,
    )
    register.append(
        action="committees.presidency.designate",
        by=by,
        at=at,
        state=state,
        obj=presidency,
        data={"meeting": meeting_key},
    )
    return presidency


@transaction.atomic
def choose_anew(
    *, meeting_key: str, state: State, on: date | None, source: str, version: int, by: User, at: datetime
) -> Presidency:
    """Another State presides over that meeting, or where it was decided is put right. Whoever is in office stays.

    :raises PresidencyRefused: if it was changed since it was read, or has begun; as ``designate``.
    """
    presidency = Presidency.objects.select_for_update(of=("self",)).select_related("state").get(meeting_key=meeting_key)
    has_begun = presidency.starts is not None and presidency.starts <= at.date()
    if presidency.version != version or has_begun:
        raise PresidencyRefused(
            _("%(state)s is chosen for this meeting already.") % {"state": presidency.state.name},
        )
    _refuse_stranger(state, on or at.date())
    before = presidency.state
    presidency.state, presidency.designated_on, presidency.source = state, on, source
    if before != state:
        presidency.person_name = ""
    presidency.version += 1
    presidency.save()
    register.append(
        action="committees.presidency.choose_anew",
        by=by,
        at=at,
        state=state,
        obj=presidency,
        data={"meeting": meeting_key, "before": before.iso3},
    )
    return presidency


@transaction.atomic
def keep_presidency(
    *, meeting_key: str, starts: date | None, ends: date | None, by: User | None, at: datetime
) -> Presidency | None:
    """Keep the dates of a presidency in step with meetings that moved: ``starts`` is the day after the meeting before,
    ``ends`` the day after its own, both ``None`` where not known. Nothing happens where nobody is chosen yet.

    :raises PresidencyRefused: if it would end before it starts.
    """
    presidency = Presidency.objects.select_for_update(of=("self",)).filter(meeting_key=meeting_key).first()
    if presidency is None or (presidency.starts, presidency.ends) == (starts, ends):
        return presidency
    _refuse_backwards(starts, ends)
    presidency.starts, presidency.ends = starts, ends
    presidency.version += 1
    presidency.save()
    register.append(
        action="committees.presidency.keep",
        by=by,
        at=at,
        state=presidency.state,
        obj=presidency,
        data={"meeting": meeting_key, "starts": _iso(starts), "ends": _iso(ends)},
    )
    return presidency


def load_presidencies(at: datetime) -> list[str]:
    """Add the presidencies of the past that are missing. Those that are there stay: meetings keep their dates.

    :raises ReferenceRefused: if a row names a State that is not there.
    """
    there = set(Presidency.objects.values_list("meeting_key", flat=True))
    states = {state.iso3: state for state in State.objects.all()}
    new = []
    for row in read(HISTORY):
        if row["meeting_key"] in there:
            continue
        if row["state"] not in states:
            raise ReferenceRefused(f"{row['meeting_key']}: there is no State {row['state']!r}.")
        new.append(
            Presidency(
                meeting_key=row["meeting_key"],
                state=states[row["state"]],
                designated_on=_day(row["designated_on"]),
                starts=_day(row["starts"]),
                ends=_day(row["ends"]),
                source=row["source"],
            )
        )
    Presidency.objects.bulk_create(new)
    return [f"presidency: {len(new)} added"] if new else []


def _refuse_stranger(state: State, day: date) -> None:
    if not state.is_party_on(day):
        raise PresidencyRefused(
            _("The Convention is not in force for %(state)s on %(day)s.") % {"state": state.name, "day": date_text(day)}
        )


def _refuse_backwards(starts: date | None, ends: date | None) -> None:
    if starts and ends and ends <= starts:
        raise PresidencyRefused(
            _("The presidency would end on %(ends)s, before it begins on %(starts)s.")
            % {"starts": date_text(starts), "ends": date_text(ends)}
        )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
