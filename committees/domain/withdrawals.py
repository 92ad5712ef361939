"""Withdrawals from the Convention: received by the Depositary, effective six months later, taken back or not.

The portal keeps the six months as work to be done: the State may still think again. That a State is a Party no more
comes from the Depositary's dates (``core/reference/states.csv``), never from here.
"""

from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.domain.reference import ReferenceRefused, read
from ccm_portal.core.models import State, User
from ccm_portal.core.workflow import Transition, TransitionRefused
from ccm_portal.core.writing import date_text
from ccm_portal.treaty.clocks import withdrawal_effective
from committees import workflow_workspace as workflow
from committees.domain.said import WorkRefused, said, seen
from committees.enums import WithdrawalStatus
from committees.models import Withdrawal

HISTORY = Path(__file__).parents[1] / "reference" / "withdrawals.csv"
LONGEST_LINE = 300


@transaction.atomic
def record_receipt(*, state: State, received_on: date, source: str, note: str, by: User, at: datetime) -> Withdrawal:
    """The Depositary has received an instrument of withdrawal. Its effect is computed: six months later.

    :raises WorkRefused: if the Convention is not in force for the State, one runs already, or no source is named.
    """
    state = State.objects.select_for_update(of=("self",), no_key=True).get(pk=state.pk)
    if received_on > at.date():
        raise WorkRefused(_("This day is still to come."))
    if not state.is_party_on(received_on):
        raise WorkRefused(_("The Convention was not in force for this State on that day."))
    if Withdrawal.objects.filter(state=state, status=WithdrawalStatus.RUNNING).exists():
        raise WorkRefused(_("A withdrawal of this State is running already."))
    effect = withdrawal_effective(received=received_on)
    assert effect is not None  # without a conflict there is always a day
    withdrawal = Withdrawal.objects.create(
        state=state,
        received_on=received_on,
        effective_on=effect.day,
        source=said(source, longest=LONGEST_LINE, empty=_("Name the source.")),
        note=said(note),
    )
    _noted("receive", withdrawal, by=by, at=at)
    return withdrawal


@transaction.atomic
def hold(*, withdrawal: Withdrawal, effective_on: date, note: str, version: int, by: User, at: datetime) -> Withdrawal:
    """An armed conflict holds the withdrawal (Article 20(3)): it takes effect when that ends, on a later day.

    :raises WorkChanged: if it has another version than the one seen.
    :raises WorkRefused: if it runs no longer, the day is not later than six months, or no reason is given.
    """
    withdrawal = seen(withdrawal, version)
    if withdrawal.status != WithdrawalStatus.RUNNING:
        raise WorkRefused(_("The six months of this withdrawal are over."))
    base = withdrawal_effective(received=withdrawal.received_on)
    assert base is not None
    if effective_on <= base.day:
        raise WorkRefused(
            _("A conflict can only put the day off: it must be after %(day)s.") % {"day": date_text(base.day)}
        )
    withdrawal.effective_on = effective_on
    withdrawal.note = said(note, empty=_("Say which conflict holds the withdrawal, and the source."))
    withdrawal.version += 1
    withdrawal.save()
    _noted("hold", withdrawal, by=by, at=at)
    return withdrawal


@transaction.atomic
def settle(
    *, withdrawal: Withdrawal, transition: Transition, note: str, version: int, by: User, at: datetime
) -> Withdrawal:
    """It was taken back, or it took effect.

    :raises WorkChanged: if it has another version than the one seen.
    :raises WorkRefused: if it runs no longer, or is to take effect before its day.
    """
    withdrawal = seen(withdrawal, version)
    if transition is workflow.TAKE_EFFECT and withdrawal.effective_on > at.date():
        raise WorkRefused(
            _("The six months run until %(day)s. Until then it can be taken back.")
            % {"day": date_text(withdrawal.effective_on)}
        )
    withdrawal.note = said(note) or withdrawal.note
    withdrawal.version += 1
    try:
        transition.apply(withdrawal)
    except TransitionRefused as refusal:
        raise WorkRefused(str(refusal)) from refusal
    transition.record(withdrawal, by=by, at=at)
    return withdrawal


def load_withdrawals(at: datetime) -> list[str]:
    """Add the withdrawals of the past that are missing. Those that are there stay.

    :raises ReferenceRefused: if a row names a State that is not there.
    """
    there = set(Withdrawal.objects.values_list("state__iso3", "received_on"))
    states = {state.iso3: state for state in State.objects.all()}
    told = []
    for row in read(HISTORY):
        received = date.fromisoformat(row["received_on"])
        if (row["state"], received) in there:
            continue
        if row["state"] not in states:
            raise ReferenceRefused(f"withdrawals.csv: there is no State {row['state']}")
        Withdrawal.objects.create(
            state=states[row["state"]],
            received_on=received,
            effective_on=date.fromisoformat(row["effective_on"]),
            status=WithdrawalStatus(row["status"]),
            source=row["source"],
            note=row["note"],
        )
        told.append(f"withdrawal {row['state']} {received}: added")
    return told


def _noted(act: str, withdrawal: Withdrawal, *, by: User, at: datetime) -> None:
    days = {"received": withdrawal.received_on.isoformat(), "effective": withdrawal.effective_on.isoformat()}
    register.append(
        action=f"committees.withdrawal.{act}", by=by, at=at, state=withdrawal.state, obj=withdrawal, data=dict(days)
    )
