"""The ranking: points of eligibility + the mean of the scores, by the same formula for everybody.

Ties go by the State's own order, then by the name of the State. Whoever may not be sponsored comes last. Everything
here is computed when asked, in a constant number of queries, for any number of people.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from sponsorship.domain import costs, eligibility
from sponsorship.enums import NomineeStatus
from sponsorship.models import Nominee, Round, Score

CENT = Decimal("0.01")


@dataclass(kw_only=True)
class Ranked:
    """One person in the ranking. ``proposed`` is what the ranking alone would choose for them."""

    nominee: Nominee
    points: int
    eligible: bool
    scores: int
    mean: Decimal | None
    cost: Decimal | None
    place: int = 0
    proposed: NomineeStatus = NomineeStatus.NOT_SELECTED

    @property
    def total(self) -> Decimal:
        return self.points + (self.mean or Decimal(0))

    @property
    def is_chosen(self) -> bool:
        return self.nominee.status in (NomineeStatus.SELECTED, NomineeStatus.WAITING, NomineeStatus.NOT_SELECTED)

    @property
    def name(self) -> str:
        return self.nominee.name or _("Person %(rank)s") % {"rank": self.nominee.rank}


@dataclass(frozen=True, kw_only=True)
class Share:
    """How many of a group are nominated, selected and waiting."""

    label: str
    nominated: int
    selected: int
    waiting: int


def rank(round: Round) -> list[Ranked]:
    """Everybody who stands in the round, the first first."""
    people = Nominee.objects.filter(application__round=round, application__endorsed_at__isnull=False)
    people = people.exclude(status__in=(NomineeStatus.NAMED, NomineeStatus.WITHDRAWN))
    people = people.select_related("application__state__region_group")
    given: dict[object, list[int]] = defaultdict(list)
    for of, points in Score.objects.filter(nominee__in=people.order_by().values("pk")).values_list("nominee", "points"):
        given[of].append(points)
    assumed, verdicts, rows = costs.of_round(round), {}, []
    for nominee in people:
        application = nominee.application
        if application.pk not in verdicts:
            verdicts[application.pk] = eligibility.verdict(eligibility.thawed(application.eligibility))
        verdict = verdicts[application.pk]
        try:
            cost = costs.total(assumed.of(application.state))
        except costs.CostMissing:
            cost = None
        scores = given[nominee.pk]
        rows.append(
            Ranked(
                nominee=nominee,
                points=verdict.points,
                eligible=verdict.is_eligible,
                scores=len(scores),
                mean=mean(scores),
                cost=cost,
            )
        )
    rows.sort(key=lambda row: (not row.eligible, -row.total, row.nominee.rank, row.nominee.state.name_en))
    for place, row in enumerate(rows, 1):
        row.place = place
    _propose(rows, round.places)
    return rows


def mean(scores: Sequence[int]) -> Decimal | None:
    """To two digits; nothing of nothing."""
    if not scores:
        return None
    return (Decimal(sum(scores)) / len(scores)).quantize(CENT, rounding=ROUND_HALF_UP)


def _propose(rows: list[Ranked], places: int) -> None:
    """The first so many by ranking, at most one a State as long as others wait; the rest of those eligible waits."""
    able = [row for row in rows if row.eligible]
    states: set[int] = set()
    firsts = []
    for row in able:
        if row.nominee.state_id not in states:
            states.add(row.nominee.state_id)
            firsts.append(row)
    first_places = {row.place for row in firsts}
    seconds = [row for row in able if row.place not in first_places]
    taken = {row.place for row in [*firsts, *seconds][:places]}
    for row in able:
        row.proposed = NomineeStatus.SELECTED if row.place in taken else NomineeStatus.WAITING


def waiting_order(rows: Iterable[Ranked]) -> list[Ranked]:
    """Who waits, in the order in which places would be offered."""
    waiting = [row for row in rows if row.nominee.status == NomineeStatus.WAITING]
    return sorted(waiting, key=lambda row: (row.nominee.waiting_rank is None, row.nominee.waiting_rank, row.place))


def departures(rows: Sequence[Ranked]) -> list[Ranked]:
    """Whose choice differs from what the ranking alone would give: another choice, or ahead of a better one in the
    waiting list. Each needs a reason."""
    found = {row.place for row in rows if row.is_chosen and row.nominee.status != row.proposed}
    best_behind = len(rows) + 1
    for row in reversed(waiting_order(rows)):
        if best_behind < row.place:
            found.add(row.place)
        best_behind = min(best_behind, row.place)
    return [row for row in rows if row.place in found]


def shares(rows: Sequence[Ranked], labels: dict[Any, str], of: Callable[[Nominee], Any]) -> list[Share]:
    """Everybody, who is selected and who waits, by what ``of`` says of a person: only what anybody is."""
    answers = {row.place: of(row.nominee) for row in rows}
    counts = {
        status: Counter(answers[row.place] for row in rows if row.nominee.status == status)
        for status in (NomineeStatus.SELECTED, NomineeStatus.WAITING)
    }
    everybody = Counter(answers.values())
    return [
        Share(
            label=label,
            nominated=everybody[one],
            selected=counts[NomineeStatus.SELECTED][one],
            waiting=counts[NomineeStatus.WAITING][one],
        )
        for one, label in labels.items()
        if everybody[one]
    ]
