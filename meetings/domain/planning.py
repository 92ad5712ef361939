"""Which week saves most journeys: meetings of related instruments nearby in time and place, counted in trips, days and
money. Arithmetic, without a query; every number that nobody counted is an assumption, and the page says so.

A meeting of another instrument in the same city, with at most three days between, is a *chance*: whoever attends both
travels once. One on the same days is a *clash*: whoever attends both needs a second delegate there, and a second
journey, or stays away from one of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from meetings.enums import DatePrecision

NEAR = 3  # days between two meetings that still make one journey: the rule of the paper of 2010
TRAVEL_DAYS = 2  # on the way, there and back
OWN = "ccm"  # our own other meetings, among the instruments
DEFAULT_BOTH = 30


@dataclass(frozen=True, kw_only=True)
class Assumptions:
    """What nobody has counted. Money in Swiss francs; ``both`` overrides ``states_both`` for an instrument."""

    states_both: int = DEFAULT_BOTH  # States that attend both meetings
    both: Mapping[str, int] = field(default_factory=dict)
    delegates: int = 1  # persons of each such State
    sponsored: int = 40  # of a hundred of these persons, those whose journey is paid by sponsors
    ticket: int = 1200
    night: int = 150
    allowance: int = 100  # a day


@dataclass(frozen=True, kw_only=True)
class Near:
    """A meeting that may lie near a candidate: of another instrument, or another one of ours."""

    title: str
    instrument: str
    label: str  # the instrument in words
    city: str
    starts: date
    ends: date
    precision: str = DatePrecision.DAY
    is_usual: bool = False
    counted: int | None = None  # States at both, where somebody has counted

    @property
    def is_known(self) -> bool:
        """Whether its days are known; a month alone says nothing about journeys."""
        return self.precision == DatePrecision.DAY


@dataclass(frozen=True)
class Encounter:
    """How one candidate and one meeting lie to each other, and what it comes to. Trips, days and money are saved where
    positive, and spent more where negative."""

    near: Near
    is_clash: bool
    gap: int  # free days between; for a clash, the days on which both meet
    states: int
    is_counted: bool
    trips: int
    days: int
    money: int


@dataclass(frozen=True)
class Candidate:
    """One week with what lies around it."""

    starts: date
    ends: date
    chances: tuple[Encounter, ...]
    clashes: tuple[Encounter, ...]

    @property
    def trips(self) -> int:
        return sum(one.trips for one in (*self.chances, *self.clashes))

    @property
    def days(self) -> int:
        return sum(one.days for one in (*self.chances, *self.clashes))

    @property
    def money(self) -> int:
        return sum(one.money for one in (*self.chances, *self.clashes))


def candidates(
    starts: Iterable[date], *, length: int, city: str, nears: Sequence[Near], assuming: Assumptions
) -> list[Candidate]:
    """Each week once, the one that saves most journeys first; where trips are the same, by money, then by day."""
    made = [_candidate(day, length, city, nears, assuming) for day in dict.fromkeys(starts)]
    return sorted(made, key=lambda one: (-one.trips, -one.money, one.starts))


def _candidate(starts: date, length: int, city: str, nears: Sequence[Near], assuming: Assumptions) -> Candidate:
    ends = starts + timedelta(days=length - 1)
    chances, clashes = [], []
    for near in nears:
        if not near.is_known:
            continue
        common = (min(ends, near.ends) - max(starts, near.starts)).days + 1
        if common > 0:
            clashes.append(_encounter(near, common, assuming, is_clash=True))
        elif -common <= NEAR and _same_city(city, near.city):
            chances.append(_encounter(near, -common, assuming, is_clash=False))
    return Candidate(starts, ends, tuple(chances), tuple(clashes))


def _encounter(near: Near, gap: int, assuming: Assumptions, *, is_clash: bool) -> Encounter:
    states = near.counted if near.counted is not None else assuming.both.get(near.instrument, assuming.states_both)
    trips = states * assuming.delegates
    paid = round(trips * assuming.sponsored / 100)
    journey = assuming.ticket + TRAVEL_DAYS * assuming.allowance
    if is_clash:
        days, money = -trips * TRAVEL_DAYS, -paid * journey
        trips = -trips
    else:
        days = trips * (TRAVEL_DAYS - gap)
        money = paid * (journey - gap * (assuming.night + assuming.allowance))
    return Encounter(near, is_clash, gap, states, near.counted is not None, trips, days, money)


def suggested(year: int, *, length: int, city: str, nears: Sequence[Near], least: date) -> list[date]:
    """Weeks worth a look: the Mondays before and after each meeting of others in the city and year, if near enough."""
    found: set[date] = set()
    for near in nears:
        if near.instrument == OWN or not near.is_known or near.starts.year != year or not _same_city(city, near.city):
            continue
        monday = near.starts - timedelta(days=near.starts.weekday())
        for day in (monday - timedelta(days=7), monday + timedelta(days=7)):
            one = _candidate(day, length, city, [near], Assumptions())
            if one.chances and day >= least:
                found.add(day)
    return sorted(found)


def unknown_days(nears: Iterable[Near], weeks: Iterable[date]) -> list[Near]:
    """Meetings of which the month alone is known, in the month of a week: named, and not counted."""
    months = {(day.year, day.month) for day in weeks}
    return [near for near in nears if not near.is_known and (near.starts.year, near.starts.month) in months]


def _same_city(one: str, other: str) -> bool:
    return bool(one.strip()) and one.strip().casefold() == other.strip().casefold()
