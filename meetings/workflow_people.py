"""The lives of what happens in a meeting, on one screen.

A delegation:

    expected ──notify──▶ notified                     States, and observers as of right
    asked ──invite──▶ invited ──notify──▶ notified    other organisations (Rule 1.3): invited provisionally
      └──decline──▶ not invited ──invite──▶ invited
    any of them ──withdraw──▶ does not take part ──return──▶ expected

and beside it the credentials of a State's representatives, which its officers look at:

    nothing ──names──▶ names communicated ──copy──▶ copy ──original──▶ original ──accept──▶ accepted
              any of them ──question──▶ not in order ──copy, original──▶ …
"""

from django.utils.translation import gettext_lazy as _

from ccm_portal.core.workflow import Transition
from meetings.enums import CredentialsStatus as C
from meetings.enums import DelegationStatus as D

INVITE = Transition(
    name="invite",
    label=_("Invite provisionally"),
    sources=frozenset({D.ASKED, D.DECLINED}),
    target=D.INVITED,
    perm="meetings.invite_delegation",
)
DECLINE = Transition(
    name="decline",
    label=_("Do not invite"),
    sources=frozenset({D.ASKED, D.INVITED}),
    target=D.DECLINED,
    perm="meetings.invite_delegation",
)
NOTIFY = Transition(
    name="notify",
    label=_("Note that the delegation was notified"),
    sources=frozenset({D.EXPECTED, D.INVITED, D.NOTIFIED}),
    target=D.NOTIFIED,
    perm="meetings.write_delegation",
)
WITHDRAW = Transition(
    name="withdraw",
    label=_("Say that the delegation does not take part"),
    sources=frozenset({D.ASKED, D.EXPECTED, D.INVITED, D.NOTIFIED}),
    target=D.WITHDRAWN,
    perm="meetings.write_delegation",
)
RETURN = Transition(
    name="return",
    label=_("Say that the delegation takes part after all"),
    sources=frozenset({D.WITHDRAWN}),
    target=D.EXPECTED,
    perm="meetings.write_delegation",
)
ASK_AGAIN = Transition(
    name="ask_again",
    label=_("Ask to be invited"),
    sources=frozenset({D.WITHDRAWN}),
    target=D.ASKED,
    perm="meetings.write_delegation",
)


def _credentials(name: str, label: object, sources: set[C], target: C) -> Transition:
    return Transition(
        name=f"credentials_{name}",
        label=label,  # type: ignore[arg-type]
        sources=frozenset(sources),
        target=target,
        perm="meetings.examine_credentials",
        field="credentials",
    )


CREDENTIALS = (
    _credentials("names", _("Names were communicated"), {C.NONE}, C.INFORMATION),
    _credentials("copy", _("A copy was received"), {C.NONE, C.INFORMATION, C.QUESTIONED}, C.COPY),
    _credentials("original", _("The original was received"), {C.NONE, C.INFORMATION, C.COPY, C.QUESTIONED}, C.ORIGINAL),
    _credentials("accept", _("The meeting accepted them"), {C.INFORMATION, C.COPY, C.ORIGINAL}, C.ACCEPTED),
    _credentials("question", _("They are not in order"), {C.INFORMATION, C.COPY, C.ORIGINAL, C.ACCEPTED}, C.QUESTIONED),
)
