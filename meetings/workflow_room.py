"""The lives of a speakers' list, of a request for the floor, and of a statement.

list       open ⇄ closed
request    waiting ──call──▶ speaking ──stop──▶ spoken ──go on──▶ speaking
              │  └─withdraw──▶ withdrawn
              └──pass──▶ passed ──put back──▶ waiting       (also from speaking)
           speaking ──wait again──▶ waiting                   (another item is taken up before the clock has run)
statement  held ──publish──▶ published;  either ──withdraw──▶ withdrawn
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.workflow import Transition
from meetings.enums import SlotStatus, SpeakersStatus, StatementStatus

CHAIR = "meetings.chair_meeting"
SPEAK = "meetings.speak_for"


def _arrow(name: str, label: str | Promise, sources: set[str], target: str, perm: str) -> Transition:
    return Transition(name=name, label=label, sources=frozenset(sources), target=target, perm=perm)


CLOSE = _arrow("close", _("Close the list"), {SpeakersStatus.OPEN}, SpeakersStatus.CLOSED, CHAIR)
REOPEN = _arrow("reopen", _("Open the list again"), {SpeakersStatus.CLOSED}, SpeakersStatus.OPEN, CHAIR)

CALL = _arrow("call", _("Give the floor"), {SlotStatus.WAITING}, SlotStatus.SPEAKING, CHAIR)
STOP = _arrow("stop", _("Stop"), {SlotStatus.SPEAKING}, SlotStatus.SPOKEN, CHAIR)
GO_ON = _arrow("go_on", _("Let them go on"), {SlotStatus.SPOKEN}, SlotStatus.SPEAKING, CHAIR)
PASS = _arrow("pass", _("Not in the room"), {SlotStatus.WAITING, SlotStatus.SPEAKING}, SlotStatus.PASSED, CHAIR)
PUT_BACK = _arrow("put_back", _("Put back on the list"), {SlotStatus.PASSED}, SlotStatus.WAITING, CHAIR)
WAIT_AGAIN = _arrow("wait_again", _("Put back on the list"), {SlotStatus.SPEAKING}, SlotStatus.WAITING, CHAIR)
WITHDRAW_REQUEST = _arrow(
    "withdraw", _("Withdraw the request"), {SlotStatus.WAITING, SlotStatus.PASSED}, SlotStatus.WITHDRAWN, SPEAK
)

PUBLISH = _arrow("publish", _("Publish the statement"), {StatementStatus.HELD}, StatementStatus.PUBLISHED, SPEAK)
WITHDRAW_STATEMENT = _arrow(
    "withdraw",
    _("Withdraw the statement"),
    {StatementStatus.HELD, StatementStatus.PUBLISHED},
    StatementStatus.WITHDRAWN,
    SPEAK,
)
