"""Part of the scene of the access tests: an item taken up, who asked for the floor, a text given and one held."""

from datetime import datetime
from typing import Any

from ccm_portal.core import clock
from ccm_portal.core.models import User
from meetings.domain import floor, floor_clock, statements
from meetings.domain.agenda_reading import public_items
from meetings.models import Delegation, Meeting
from tests.meetings import factories
from tests.meetings.room import publish_agenda

CANARY = "CANARY-M1-held"  # a statement that is not public yet: its delegation and the ISO alone


def build(names: dict[str, Any]) -> dict[str, Any]:
    """Makes it, and names it for the policy's rows."""
    meeting: Meeting = names["meeting"]
    if not public_items(meeting):
        factories.item(meeting, "Clearance")
        publish_agenda(meeting)
    code = public_items(meeting)[0].code
    delegation = Delegation.objects.filter(meeting=meeting, state__iso3="LAO").first()
    delegation = delegation or factories.delegation(meeting, "LAO")
    what = {"meeting": meeting, "by": factories.chair(meeting), "at": clock.now()}
    floor.open_list(code=code, **what)
    floor.switch_item(code=code, seen=None, **what)
    slot = floor.ask(code=code, delegation=delegation, kind="national", **what)
    given = statements.hand_in(
        code=code,
        delegation=delegation,
        given=statements.Given("en", "We have cleared a field.", "statement.txt", b"We have cleared a field."),
        release="when_given",
        **what,
    )
    slot = floor_clock.call(slot=slot, version=slot.version, stopping=None, **what)
    slot = floor_clock.start(slot=slot, version=slot.version, **what)
    floor_clock.stop(slot=slot, version=slot.version, **what)
    waiting = floor.ask(code=code, delegation=delegation, kind="reply", **what)
    held = statements.hand_in(
        code=code,
        delegation=delegation,
        on_behalf_of=f"{CANARY} group",
        given=statements.Given("fr", f"{CANARY} retenu", f"{CANARY}.txt", f"{CANARY} retenu".encode()),
        release="when_released",
        **what,
    )
    return _among_members(**what) | {
        "room_code": code,
        "request_of_lao": waiting.pk,
        "statement": given.pk,
        "statement_text": given.texts.get().pk,
        "statement_held": held.pk,
        "statement_held_text": held.texts.get().pk,
        "delegation_in_room": delegation.pk,
    }


def _among_members(*, meeting: Meeting, by: User, at: datetime) -> dict[str, Any]:
    """Statements in the closed meeting, with a file: one published there, one held."""
    closed = Meeting.objects.get(key="coordination-2027-1")
    if not public_items(closed):
        factories.item(closed, "Clearance")
        publish_agenda(closed)
    what = {"meeting": closed, "code": public_items(closed)[0].code, "by": by, "at": at}
    what |= {"delegation": factories.delegation(closed, "NOR"), "release": "when_released"}
    said = statements.Given("en", "CANARY-M1 among members", "CANARY-M1.txt", b"CANARY-M1 among members")
    given = statements.hand_in(given=said, **what)
    given = statements.release(statement=given, version=given.version, by=by, at=at)
    held = statements.hand_in(given=statements.Given("en", "CANARY-M1 held"), on_behalf_of="CANARY-M1", **what)
    return {"members_statement": given.pk, "members_text": given.texts.get().pk, "members_held": held.pk}
