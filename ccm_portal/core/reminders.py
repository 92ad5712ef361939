"""Reminders: a ladder over due items × recipients, whether or not anything was begun.

It looks at how things are, never at "since yesterday": each (item, recipient, rung) is owed once,
however often this runs, and after an outage only the rung that is true now is owed.
"""

from collections import defaultdict
from datetime import UTC, date, datetime, time

from django.conf import settings

from ccm_portal.core import outbox
from ccm_portal.core.due_items import DueItem, due_items
from ccm_portal.core.models import Membership, OutgoingMessage, State, User
from ccm_portal.treaty import deadlines

KIND = "core.reminder"


def rung_on(item: DueItem, on: date) -> int | None:
    """The latest rung of the item's ladder that has been reached, or ``None`` before the first."""
    reached = [rung for rung in item.rungs if (on - item.due).days >= rung]
    return max(reached) if reached else None


def remind(*, on: date, at: datetime) -> int:
    """Owe each recipient of each open item the rung that is true on ``on``.

    :returns: how many messages are newly owed.
    """
    climbing = [(item, rung) for item in due_items(on=on) if (rung := rung_on(item, on)) is not None]
    known = set(OutgoingMessage.objects.filter(kind=KIND).values_list("key", flat=True))
    people = _people_by_state(on)
    new = 0
    for item, rung in climbing:
        for name, recipient in _recipients(item, people):
            key = f"reminder:{item.key}:{rung}:{name}"
            if key not in known:
                ids = {"item": item.key, "rung": rung, "state": item.state.iso3, "on": on.isoformat()}
                new += outbox.owe(kind=KIND, key=key, to=recipient, at=at, ids=ids)
    return new


def _people_by_state(on: date) -> dict[int, dict[int, tuple[User, set[str]]]]:
    """State → person → (the account, the roles held for that State)."""
    found: dict[int, dict[int, tuple[User, set[str]]]] = defaultdict(dict)
    running = Membership.objects.in_force(on).filter(state__isnull=False).select_related("user")
    for membership in running:
        assert membership.state_id is not None
        _user, roles = found[membership.state_id].setdefault(membership.user_id, (membership.user, set()))
        roles.add(membership.role)
    return found


def _recipients(item: DueItem, people: dict[int, dict[int, tuple[User, set[str]]]]) -> list[tuple[str, User | str]]:
    """Each person once, and the permanent mission where its address is known."""
    wanted = set(item.audience)
    chosen: list[tuple[str, User | str]] = [
        (str(pk), user) for pk, (user, roles) in people.get(item.state.pk, {}).items() if roles & wanted
    ]
    if item.to_mission and item.state.mission_email:
        chosen.append(("mission", item.state.mission_email))
    return chosen


def context(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    """What the reminder says, true when it leaves; ``None`` once the item is settled or moved on.

    A run for a day still to come (``remind --on``) speaks as of that day.
    """
    on = max(at.date(), date.fromisoformat(message.ids["on"]))
    states = State.objects.filter(iso3=message.ids["state"])
    for item in due_items(on=on, states=states):
        if item.key == message.ids["item"]:
            if message.user and item.state.pk not in message.user.state_ids:
                return None
            days = item.days_left(on)
            return {"item": item, "state": item.state, "days": days, "days_past": -days, "late": _is_late(item, on, at)}
    return None


def _is_late(item: DueItem, on: date, at: datetime) -> bool:
    """Whether the due day is over everywhere; of a day still to come, at its end."""
    asked = at if on == at.date() else datetime.combine(on, time.max, tzinfo=UTC)
    return deadlines.is_late(due=item.due, at=asked, utc_offset_hours=settings.LATE_AFTER_UTC_OFFSET_HOURS)
