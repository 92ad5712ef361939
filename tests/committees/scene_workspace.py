"""Part of the scene of the access tests: what is written in the workspaces of bodies.

Croatia leads the clearance committee; none of the policy's persons works there but the ISO's.
"""

from typing import Any

from tests.committees import factories

CANARY = "CANARY-C1-5b0e"


def build() -> dict[str, Any]:
    """Makes it, and names it for the policy's rows."""
    factories.leader("clearance", "HRV")
    factories.body("coordination")
    place = factories.partner("clearance")
    place_of = place.workspaceplace_set.get()
    place_of.acts_for = f"{CANARY} comes from"
    place_of.save()
    return {"place": place_of.pk}
