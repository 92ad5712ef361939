"""Benchmarks: what is to be reached by which day. Those that a decision sets fall due, and are met or not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.workflow import locked
from committees.domain.said import WorkRefused, refuse_stale, said, seen
from compliance.enums import BenchmarkStage, RequestStatus
from compliance.models import Benchmark, ExtensionRequest
from compliance.rules_analysis import OPEN

LONGEST = 2000
MOST = 40


@dataclass(frozen=True)
class Row:
    """One of them, as it is typed."""

    text: str
    due: date


def rows_of(request: ExtensionRequest, stage: str) -> list[Row]:
    """The benchmarks of a stage, in their order."""
    return [Row(one.text, one.due) for one in request.benchmarks.filter(stage=stage).order_by("number")]


def replace(request: ExtensionRequest, stage: str, rows: Sequence[Row]) -> None:
    """All of a stage, inside the act that sets them. One whose words and day stay keeps what was noted of it.

    :raises WorkRefused: if one says nothing, or there are too many.
    """
    if len(rows) > MOST:
        raise WorkRefused(_("Write at most %(limit)s benchmarks.") % {"limit": MOST})
    wanted = [Row(said(one.text, longest=LONGEST, empty=_("Write what is to be reached.")), one.due) for one in rows]
    wanted.sort(key=lambda one: one.due)
    if wanted == rows_of(request, stage):
        return
    held = {Row(one.text, one.due): one for one in request.benchmarks.filter(stage=stage)}
    request.benchmarks.filter(stage=stage).delete()
    made = []
    for number, row in enumerate(wanted, start=1):
        before = held.get(row)
        met = {"met_on": before.met_on, "met_note": before.met_note} if before else {}
        made.append(Benchmark(request=request, stage=stage, number=number, text=row.text, due=row.due, **met))
    Benchmark.objects.bulk_create(made)


@transaction.atomic
def decide(*, request: ExtensionRequest, rows: Sequence[Row], version: int, by: User, at: datetime) -> None:
    """The benchmarks that the decision sets, before or after it is recorded.

    :raises WorkChanged: if the request was changed since.
    :raises WorkRefused: if the request is neither open nor decided, or a row says nothing.
    """
    request = locked(request)
    if request.status not in (*OPEN, RequestStatus.DECIDED):
        raise WorkRefused(_("This request is not open any more."))
    refuse_stale(request, version)
    replace(request, BenchmarkStage.DECISION, rows)
    request.version += 1
    request.save()
    register.append(
        action="compliance.extensionrequest.benchmarks",
        by=by,
        at=at,
        state=request.state,
        obj=request,
        data={"rows": len(rows)},
    )


@transaction.atomic
def note_met(
    *, benchmark: Benchmark, met_on: date | None, note: str, version: int, by: User, at: datetime
) -> Benchmark:
    """It was reached on a day; none takes that back. What stands in its way can be noted too.

    :raises WorkChanged: if somebody else has noted something since.
    :raises WorkRefused: if it is no benchmark of a decision, or the day lies ahead.
    """
    row = seen(benchmark, version)
    if row.stage != BenchmarkStage.DECISION:
        raise WorkRefused(_("Only what a decision has set is noted as reached."))
    if met_on and met_on > at.date():
        raise WorkRefused(_("This day lies ahead."))
    row.met_on, row.met_note = met_on, said(note, longest=LONGEST)
    row.version += 1
    row.save()
    state = row.request.state
    data: dict[str, object] = {"number": row.number, "met_on": met_on.isoformat() if met_on else None}
    register.append(action="compliance.benchmark.note", by=by, at=at, state=state, obj=row, data=data)
    return row


def lines(rows: Iterable[Row]) -> str:
    """ "2027-08-01: The survey is finished." one a line: how they stand among the conditions of a decision."""
    return "\n".join(f"{one.due.isoformat()}: {one.text}" for one in rows)
