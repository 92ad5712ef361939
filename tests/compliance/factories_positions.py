"""Positions for tests: valid and boring; the test says what is special."""

from datetime import UTC, date, datetime
from typing import Any

from ccm_portal.core.enums import Role
from ccm_portal.core.models import User
from compliance.domain import positions
from compliance.domain.positions import Source, Words
from compliance.models import Position, Topic
from tests.factories import person, state

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
LETTER = Source(kind="letter", where="Letter to the Coordinators", reference="Letter of 3 May 2024")


def topic(key: str = "transit") -> Topic:
    return Topic.objects.get(key=key)


def words(text: str = "Transit is prohibited.", *, on: str = "transit", **fields: Any) -> Words:
    return Words(**({"topic": topic(on), "text": text, "said_on": date(2024, 5, 3)} | fields))


def office() -> User:
    return person(Role.ISO_STAFF, "iso")


def noted(
    iso3: str = "LAO", text: str = "Transit is prohibited.", *, by: User | None = None, **fields: Any
) -> Position:
    """Noted by the office from a letter."""
    source = fields.pop("source", LETTER)
    return positions.note(state=state(iso3), words=words(text, **fields), source=source, by=by or office(), at=AT)


def proposed(
    iso3: str = "LAO", text: str = "Transit is allowed.", *, by: User | None = None, **fields: Any
) -> Position:
    """Proposed by an observer from a letter."""
    by = by or person(Role.OBSERVER, "cmc")
    return positions.propose(state=state(iso3), words=words(text, **fields), source=LETTER, by=by, at=AT)


def stated(iso3: str = "LAO", text: str = "We hold that transit is prohibited.", **fields: Any) -> Position:
    """Said by the State itself."""
    by = fields.pop("by", None) or person(Role.APPROVER, iso3)
    beside = {name: fields.pop(name) for name in ("replaces", "version") if name in fields}
    return positions.state_position(
        state=state(iso3), words=words(text, **fields), reference="", by=by, at=AT, **beside
    )
