"""What stands in a workspace, for tests: written through the operations themselves."""

from datetime import UTC, date, datetime
from typing import Any

from committees.domain import contacts, follow_ups, plans, problems
from committees.domain.owners import Owner
from committees.models import Contact, FollowUp, Milestone, Problem, WorkPlan
from tests.committees import factories

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def told(**fields: Any) -> contacts.Told:
    """A bilateral call with a ministry, yesterday."""
    given: dict[str, Any] = {
        "kind": "bilateral",
        "channel": "call",
        "level": "working",
        "held_on": date(2026, 11, 23),
        "others": "A ministry",
        "about": "A call",
    }
    return contacts.Told(**(given | fields))


def contact(by: Any, *, body: str = "clearance", at: datetime = AT, step: Any = None, **fields: Any) -> Contact:
    return contacts.note_contact(body=factories.body(body), told=told(**fields), next_step=step, by=by, at=at)


def step(what: str, owner: Owner, due: date | None) -> contacts.NextStep:
    return contacts.NextStep(what=what, owner=owner, due=due)


def follow_up(by: Any, owner: Owner, *, body: str = "clearance", due: date | None = None, **fields: Any) -> FollowUp:
    given: dict[str, Any] = {"what": "Call again", "at": AT} | fields
    return follow_ups.note_follow_up(body=factories.body(body), owner=owner, due=due, by=by, **given)


def problem(by: Any, *, body: str = "clearance", **fields: Any) -> Problem:
    given: dict[str, Any] = {"title": "Maps are not shared", "text": "", "ways_forward": "", "at": AT} | fields
    return problems.raise_problem(body=factories.body(body), by=by, **given)


def plan(
    by: Any, *, body: str = "clearance", title: str = "Plan", text: str = "", step: str
) -> tuple[WorkPlan, Milestone]:
    """A draft for 2026, with one step."""
    days = {"starts": date(2026, 1, 1), "ends": date(2027, 1, 1)}
    begun = plans.begin_plan(body=factories.body(body), title=title, text=text, by=by, at=AT, **days)
    return begun, plans.add_milestone(plan=begun, text=step, actions="", term=None, due=None, by=by, at=AT)
