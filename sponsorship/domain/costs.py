"""What a journey to the meeting of a round is assumed to cost, by where it begins.

assumed(round, state) -> CostAssumption     the nearest: the State's, else its region's, else that of anywhere
of_round(round) -> Assumed                  the same for many States; ``.of(state)`` costs no query
total(cost) -> Decimal                      ticket, nights, days and terminal expenses, in the round's currency
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import RegionGroup, State, User
from committees.domain.said import WorkRefused, refuse_stale, said
from sponsorship.domain.money import is_whole
from sponsorship.domain.rounds import held
from sponsorship.enums import RoundStatus
from sponsorship.models import CostAssumption, Round


class CostMissing(WorkRefused):
    """Nothing is assumed for a journey from there."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The amounts of one assumption, in the round's currency."""

    ticket: Decimal
    nights: int
    night_rate: Decimal
    days: int
    daily_rate: Decimal
    terminal: Decimal


@dataclass(frozen=True)
class Assumed:
    """All assumptions of a round, at hand."""

    by_state: dict[int, CostAssumption]
    by_region: dict[int, CostAssumption]
    default: CostAssumption | None

    def of(self, state: State) -> CostAssumption:
        """The nearest.

        :raises CostMissing: if there is none.
        """
        found = self.by_state.get(state.pk) or self.by_region.get(state.region_group_id or 0) or self.default
        if found is None:
            raise CostMissing(_("No cost is assumed for a journey from %(state)s. Enter one.") % {"state": state.name})
        return found


def of_round(round: Round) -> Assumed:
    """One query."""
    rows = list(round.costs.select_related("state", "region_group"))
    return Assumed(
        by_state={row.state_id: row for row in rows if row.state_id},
        by_region={row.region_group_id: row for row in rows if row.region_group_id},
        default=next((row for row in rows if not row.state_id and not row.region_group_id), None),
    )


def assumed(round: Round, state: State) -> CostAssumption:
    """What a journey from ``state`` is assumed to cost: its own figures, else its region's, else those of anywhere.

    :raises CostMissing: if there are none.
    """
    return of_round(round).of(state)


def total(cost: CostAssumption) -> Decimal:
    """What a place may cost, in the round's currency."""
    return cost.ticket + cost.nights * cost.night_rate + cost.days * cost.daily_rate + cost.terminal


@transaction.atomic
def assume(
    *,
    round: Round,
    state: State | None = None,
    region_group: RegionGroup | None = None,
    figures: Figures,
    source: str,
    version: int,
    by: User,
    at: datetime,
) -> CostAssumption:
    """What a journey from a State, a region, or from anywhere (neither) is assumed to cost from now on. Offers that
    were made keep what was assumed when they were made.

    :param version: of the row that was seen; 0 where there was none.
    :raises WorkChanged: if somebody else has written it since.
    :raises WorkRefused: if it is of two origins, an amount has too many digits, or the round is settled.
    """
    round = open_round(round)
    if state and region_group:
        raise WorkRefused(_("Choose a State or a region: one of the two."))
    amounts = (figures.ticket, figures.night_rate, figures.daily_rate, figures.terminal)
    if any(amount < 0 or not is_whole(amount, round.currency) for amount in amounts):
        raise WorkRefused(
            _("Write amounts in %(currency)s, with no more digits than it has.") % {"currency": round.currency}
        )
    row = CostAssumption.objects.filter(round=round, state=state, region_group=region_group).first()
    row = row or CostAssumption(round=round, state=state, region_group=region_group, version=0)
    refuse_stale(row, version)
    for name, value in asdict(figures).items():
        setattr(row, name, value)
    row.source = said(source, longest=300)
    row.version += 1
    row.save()
    _noted("assume", round, row, by=by, at=at, total=str(total(row)))
    return row


@transaction.atomic
def drop(*, cost: CostAssumption, version: int, by: User, at: datetime) -> None:
    """An assumption no longer stands; the next nearest counts.

    :raises WorkChanged: if somebody else has written it since.
    :raises WorkRefused: if it is the one for anywhere while a call is open, or the round is settled.
    """
    round = open_round(cost.round)
    row = CostAssumption.objects.filter(pk=cost.pk).first()
    if row is None:
        raise WorkRefused(_("This had ended already."))
    refuse_stale(row, version)
    if not row.state_id and not row.region_group_id and round.opened_at:
        raise WorkRefused(_("The call is open: the costs from anywhere stay. Change them instead."))
    where = CostAssumption(state=row.state, region_group=row.region_group)
    row.delete()
    _noted("drop", round, where, by=by, at=at)


def open_round(round: Round) -> Round:
    """The round, locked.

    :raises WorkRefused: if it is settled.
    """
    round = held(round)
    if round.status == RoundStatus.SETTLED:
        raise WorkRefused(_("This round is settled: it stays as it is."))
    return round


def _noted(act: str, round: Round, row: CostAssumption, *, by: User, at: datetime, **data: object) -> None:
    """The act in the register, with the origin: the transaction's last statement."""
    origin = row.state.iso3 if row.state else row.region_group.key if row.region_group else "anywhere"
    register.append(
        action=f"sponsorship.cost.{act}", by=by, at=at, obj=round, data={"round": round.key, "from": origin} | data
    )
