"""The arrows, listed by hand."""

import pytest
import rules

from ccm_portal.core.workflow import Transition
from meetings import workflow, workflow_decisions, workflow_people, workflow_room

RUN = "meetings.manage_meeting"
DECIDE = "meetings.run_decision"
INVITE, WRITE, EXAMINE = "meetings.invite_delegation", "meetings.write_delegation", "meetings.examine_credentials"
CHAIR, SPEAK = "meetings.chair_meeting", "meetings.speak_for"

ARROWS = {
    workflow: {
        ("announce", "draft", "planned", RUN),
        ("cancel", "planned", "cancelled", RUN),
        ("reinstate", "cancelled", "planned", RUN),
        ("choose", "not_chosen proposed", "chosen", RUN),
        ("decline", "chosen proposed", "not_chosen", RUN),
        ("withdraw", "proposed", "withdrawn", "meetings.withdraw_venue"),
    },
    workflow_decisions: {
        ("record", "draft", "taken", DECIDE),
        ("open_vote", "draft", "voting", DECIDE),
        ("close_vote", "voting", "taken", DECIDE),
        ("call_off_vote", "voting", "draft", DECIDE),
        ("open_silence", "draft", "open", DECIDE),
        ("adopt", "open", "taken", DECIDE),
        ("break", "open", "taken", "meetings.object_to_decision"),
    },
    workflow_people: {
        ("invite", "asked declined", "invited", INVITE),
        ("decline", "asked invited", "declined", INVITE),
        ("notify", "expected invited notified", "notified", WRITE),
        ("withdraw", "asked expected invited notified", "withdrawn", WRITE),
        ("return", "withdrawn", "expected", WRITE),
        ("ask_again", "withdrawn", "asked", WRITE),
        ("credentials_names", "none", "information", EXAMINE),
        ("credentials_copy", "information none questioned", "copy", EXAMINE),
        ("credentials_original", "copy information none questioned", "original", EXAMINE),
        ("credentials_accept", "copy information original", "accepted", EXAMINE),
        ("credentials_question", "accepted copy information original", "questioned", EXAMINE),
    },
    workflow_room: {
        ("close", "open", "closed", CHAIR),
        ("reopen", "closed", "open", CHAIR),
        ("call", "waiting", "speaking", CHAIR),
        ("stop", "speaking", "spoken", CHAIR),
        ("go_on", "spoken", "speaking", CHAIR),
        ("pass", "speaking waiting", "passed", CHAIR),
        ("put_back", "passed", "waiting", CHAIR),
        ("wait_again", "speaking", "waiting", CHAIR),
        ("withdraw", "passed waiting", "withdrawn", SPEAK),
        ("publish", "held", "published", SPEAK),
        ("withdraw", "held published", "withdrawn", SPEAK),
    },
}


def arrows_of(module):
    found = [one for one in vars(module).values() if isinstance(one, Transition)]
    return [*found, *getattr(module, "CREDENTIALS", ())]


@pytest.mark.parametrize("module", ARROWS, ids=lambda module: module.__name__)
def test_what_stands_in_meetings_moves_by_these_arrows(module):
    drawn = {(one.name, " ".join(sorted(one.sources)), one.target, one.perm) for one in arrows_of(module)}

    assert drawn == ARROWS[module]


@pytest.mark.parametrize("module", ARROWS, ids=lambda module: module.__name__)
def test_every_arrow_asks_for_a_permission_that_exists(module):
    assert [one.perm for one in arrows_of(module) if not rules.perm_exists(one.perm)] == []
