"""What follows from a decision: whose it is, by when, and that it was done."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import State, User
from ccm_portal.core.workflow import locked
from ccm_portal.core.writing import plain
from committees.models import Body
from meetings.domain.decisions import DecisionRefused
from meetings.models import Decision, DecisionFollowUp

LONGEST_OUTCOME = 5000


class FollowUpChanged(DecisionRefused):
    """Somebody else has written since the page was opened. ``follow_up`` is as it is now."""

    def __init__(self, follow_up: DecisionFollowUp) -> None:
        super().__init__(_("This was changed after you opened the page. Your text is kept: compare, then send it."))
        self.follow_up = follow_up


@transaction.atomic
def add(
    *,
    decision: Decision,
    what: str,
    state: State | None = None,
    body: Body | None = None,
    owner_name: str = "",
    due: date | None = None,
    by: User,
    at: datetime,
) -> DecisionFollowUp:
    """Write down what follows, and whose it is: a State's, a body's, or an office's by its name.

    :raises DecisionRefused: if nothing is said, or it is nobody's.
    """
    decision = locked(decision)
    what, owner_name = plain(what), plain(owner_name)
    if not what:
        raise DecisionRefused(_("Write what is to be done."))
    if state is None and body is None and not owner_name:
        raise DecisionRefused(_("Say whose it is: a State, a body, or an office."))
    follow_up = DecisionFollowUp.objects.create(
        decision=decision, what=what, state=state, body=body, owner_name=owner_name, due=due
    )
    _noted("add", follow_up, by=by, at=at)
    return follow_up


@transaction.atomic
def settle(
    *, follow_up: DecisionFollowUp, version: int, done_on: date | None, outcome: str, by: User, at: datetime
) -> DecisionFollowUp:
    """Say that it was done, on which day and with what outcome; without a day it is open again.

    :raises FollowUpChanged: if somebody else wrote since it was read.
    :raises DecisionRefused: if the day lies ahead.
    """
    fresh = locked(follow_up)
    if fresh.version != version:
        raise FollowUpChanged(fresh)
    if done_on and done_on > at.date():
        raise DecisionRefused(_("The day on which it was done lies ahead."))
    outcome = plain(outcome)
    if len(outcome) > LONGEST_OUTCOME:
        raise DecisionRefused(_("Write at most %(limit)s characters.") % {"limit": LONGEST_OUTCOME})
    fresh.done_on, fresh.outcome = done_on, outcome
    fresh.version += 1
    fresh.save()
    _noted("settle" if done_on else "reopen", fresh, by=by, at=at)
    return fresh


def _noted(act: str, follow_up: DecisionFollowUp, *, by: User, at: datetime) -> None:
    decision = follow_up.decision
    register.append(
        action=f"meetings.decision.follow_up_{act}",
        by=by,
        at=at,
        state=follow_up.state,
        obj=decision,
        data={"meeting": decision.meeting.key, "number": decision.number, "due": str(follow_up.due or "")},
    )
