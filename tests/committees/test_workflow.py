"""The arrows, listed by hand."""

import pytest
import rules

from ccm_portal.core.workflow import Transition
from committees import workflow, workflow_workspace

OFFICE, LEAD, WRITE = "committees.manage_bodies", "committees.lead_work", "committees.write_work"
KEEP = "committees.keep_withdrawals"

ARROWS = {
    workflow: {
        ("endorse", "endorsed nominated", "endorsed", "committees.endorse_nomination"),
        ("elect", "endorsed nominated", "elected", OFFICE),
        ("not_elect", "endorsed nominated", "not_elected", OFFICE),
        ("withdraw", "endorsed nominated", "withdrawn", "committees.nominate_state"),
    },
    workflow_workspace: {
        ("publish", "draft", "published", LEAD),
        ("unpublish", "published", "draft", LEAD),
        ("close", "published", "closed", LEAD),
        ("put_on_agenda", "open", "on_agenda", WRITE),
        ("settle", "on_agenda open", "settled", WRITE),
        ("reopen", "on_agenda settled", "open", WRITE),
        ("take_back", "running", "revoked", KEEP),
        ("take_effect", "running", "effective", KEEP),
    },
}


def arrows_of(module):
    return [one for one in vars(module).values() if isinstance(one, Transition)]


@pytest.mark.parametrize("module", ARROWS, ids=lambda module: module.__name__)
def test_what_stands_in_committees_moves_by_these_arrows(module):
    drawn = {(one.name, " ".join(sorted(one.sources)), one.target, one.perm) for one in arrows_of(module)}

    assert drawn == ARROWS[module]


@pytest.mark.parametrize("module", ARROWS, ids=lambda module: module.__name__)
def test_every_arrow_asks_for_a_permission_that_exists(module):
    assert [one.perm for one in arrows_of(module) if not rules.perm_exists(one.perm)] == []
