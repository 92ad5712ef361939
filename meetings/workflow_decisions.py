"""The lives of what meetings decide, on one screen.

    draft ──record──▶ taken                        by general agreement
    draft ──open_vote──▶ voting ──close_vote──▶ taken
    voting ──call_off_vote──▶ draft                the votes are discarded
    draft ──open_silence──▶ open ──adopt──▶ taken   nobody objected until the instant
                            open ──break──▶ taken   a State Party objected

A decision that is taken stays; a correction is one more text of it, and the earlier one is kept.
"""

from django.utils.translation import gettext_lazy as _

from ccm_portal.core.workflow import Transition
from meetings.enums import DecisionStatus as D

PERM = "meetings.run_decision"

RECORD = Transition(
    name="record", label=_("Record the outcome"), sources=frozenset({D.DRAFT}), target=D.TAKEN, perm=PERM
)
OPEN_VOTE = Transition(
    name="open_vote", label=_("Open the vote"), sources=frozenset({D.DRAFT}), target=D.VOTING, perm=PERM
)
CLOSE_VOTE = Transition(
    name="close_vote", label=_("Close the vote"), sources=frozenset({D.VOTING}), target=D.TAKEN, perm=PERM
)
CALL_OFF_VOTE = Transition(
    name="call_off_vote", label=_("Call off the vote"), sources=frozenset({D.VOTING}), target=D.DRAFT, perm=PERM
)
OPEN_SILENCE = Transition(
    name="open_silence", label=_("Open a silence procedure"), sources=frozenset({D.DRAFT}), target=D.OPEN, perm=PERM
)
ADOPT = Transition(
    name="adopt", label=_("Adopt: nobody objected"), sources=frozenset({D.OPEN}), target=D.TAKEN, perm=PERM
)
BREAK = Transition(
    name="break",
    label=_("Object"),
    sources=frozenset({D.OPEN}),
    target=D.TAKEN,
    perm="meetings.object_to_decision",
)
