"""A text becomes public: because it was given in the room, or because its delegation releases it."""

from datetime import datetime

from ccm_portal.core.models import User
from meetings.enums import StatementRelease, StatementStatus
from meetings.models import SpeakerSlot, Statement
from meetings.workflow_room import PUBLISH


def given(slot: SpeakerSlot, *, at: datetime) -> list[Statement]:
    """Publish what waited for this slot to be given. Call it with the room held; record each one at the end."""
    waiting = Statement.objects.select_for_update().filter(
        slot=slot, status=StatementStatus.HELD, release=StatementRelease.WHEN_GIVEN
    )
    return [published(statement, at=at) for statement in waiting]


def published(statement: Statement, *, at: datetime) -> Statement:
    """Public from now on."""
    statement.published_at = at
    statement.version += 1
    PUBLISH.apply(statement)
    return statement


def record_published(statement: Statement, *, by: User | None, at: datetime) -> None:
    """The act: the transaction's last statement."""
    PUBLISH.record(statement, by=by, at=at, data=about(statement))


def about(statement: Statement) -> dict[str, object]:
    """What the register says of it: where it belongs, and no word of it."""
    return {"meeting": statement.meeting.key, "item": statement.code, "delegation": statement.delegation_id}
