"""What every operation on a case goes through: the fence opens for the person who acts, and the act stands on the
case's own chain of the register.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.permissions import require
from ccm_portal.core.workflow import Transition, TransitionRefused, locked
from committees.domain.said import WorkRefused
from compliance import fence
from compliance.models import CaseResponse, ComplianceCase
from compliance.rules import place_in

P = ParamSpec("P")
R = TypeVar("R")


class CaseRefused(WorkRefused):
    """It cannot be done in this case. The message is fit to show the person."""


def case_act(operation: Callable[P, R]) -> Callable[P, R]:
    """An operation on cases: one transaction, in which the database shows what ``by`` is named in."""

    @wraps(operation)
    def act(*args: P.args, **kwargs: P.kwargs) -> R:
        by = kwargs["by"]
        assert isinstance(by, User)
        with fence.reading_as(by), transaction.atomic():
            return operation(*args, **kwargs)

    return act


def held(case: ComplianceCase, perm: str, *, by: User) -> ComplianceCase:
    """The case, locked, for somebody who may do ``perm`` with it at this moment: whoever a grant was taken from while
    they typed comes too late.

    :raises ComplianceCase.DoesNotExist: to a person who is not named in it (any more); pages answer 404.
    :raises PermissionDenied: to a person named for less.
    """
    fresh = locked(case)
    if place_in(by, fresh) is None:
        raise ComplianceCase.DoesNotExist
    require(by, perm, fresh)
    return fresh


def noted(case: ComplianceCase, act: str, *, by: User | None, at: datetime, **data: object) -> register.Head:
    """The act, on the case's own chain and without words of the case. The transaction's last statement."""
    return register.append(
        action=f"compliance.case.{act}", by=by, at=at, obj=case, data=data, chain=case.register_chain
    )


def own_state(case: ComplianceCase, lead: User) -> dict[str, bool]:
    """What stands on the chain beside an act by which somebody comes to lead a case about a State for which they act.
    It is told, and stops nobody: a matter is as possible about that State as about any other."""
    return {"own_state": True} if case.state_id in lead.any_state_ids else {}


def move(row: ComplianceCase | CaseResponse, arrow: Transition) -> None:
    """Take an arrow, as the next version of the row.

    :raises CaseRefused: if it does not start where the row is.
    """
    row.version += 1
    try:
        arrow.apply(row)
    except TransitionRefused as refusal:
        raise CaseRefused(str(refusal)) from refusal
