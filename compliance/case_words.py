"""What an act on a case's own chain of the register is called on the page of its record."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.workflow import Transition
from compliance import workflow_cases

Words = str | Promise
PREFIX = "compliance.case."
OTHER = _("Something else was done")
_words: dict[str, Words] = {
    "open": pgettext_lazy("case record", "Opened the matter"),
    "edit": pgettext_lazy("case record", "Changed what is asked"),
    "add_source": pgettext_lazy("case record", "Noted a source"),
    "edit_source": pgettext_lazy("case record", "Changed a source"),
    "name": pgettext_lazy("case record", "Named somebody"),
    "end_place": pgettext_lazy("case record", "Ended a place"),
    "hand_over": pgettext_lazy("case record", "Handed the matter over"),
    "take_over": pgettext_lazy("case record", "Took the matter over, which nobody led any more"),
    "join": pgettext_lazy("case record", "Joined it with a related matter"),
    "part": pgettext_lazy("case record", "Parted it from a related matter"),
    "add_entry": pgettext_lazy("case record", "Wrote an entry"),
    "edit_entry": pgettext_lazy("case record", "Changed an entry"),
    "set_readers": pgettext_lazy("case record", "Changed who may read an entry"),
    "say": pgettext_lazy("case record", "Chose words that may be said of an entry"),
    "reply": pgettext_lazy("case record", "Replied for the State concerned"),
    "attach": pgettext_lazy("case record", "Added a file"),
    "detach": pgettext_lazy("case record", "Took a file out"),
    "set_next": pgettext_lazy("case record", "Set the next action"),
    "propose_response": pgettext_lazy("case record", "Proposed a response"),
    "propose_response_again": pgettext_lazy("case record", "Proposed a response again"),
    "agree_response": pgettext_lazy("case record", "Agreed to a response"),
    "refuse_response": pgettext_lazy("case record", "Did not agree to a response"),
    "release_response": pgettext_lazy("case record", "Released a response"),
    "take_back_response": pgettext_lazy("case record", "Took a response back"),
    "follow_up_response": pgettext_lazy("case record", "Set the follow-up of a response"),
    "answer_response": pgettext_lazy("case record", "Answered a response"),
    "finish_response": pgettext_lazy("case record", "Noted that a response is done"),
    "formal_lodge": pgettext_lazy("case record", "Recorded the formal request"),
    "formal_transmit": pgettext_lazy("case record", "Recorded its transmission"),
    "formal_receive": pgettext_lazy("case record", "Recorded its receipt"),
    "formal_reply": pgettext_lazy("case record", "Recorded the reply"),
    "formal_judge": pgettext_lazy("case record", "Recorded whether the reply satisfies"),
    "formal_silence": pgettext_lazy("case record", "Recorded that no reply came within 28 days"),
    "formal_submit": pgettext_lazy("case record", "Submitted it to the next meeting"),
    "formal_circulate": pgettext_lazy("case record", "Recorded that it was circulated"),
    "formal_respond": pgettext_lazy("case record", "Recorded the response of the State concerned"),
    "formal_good_offices": pgettext_lazy("case record", "Recorded good offices"),
    "formal_meeting": pgettext_lazy("case record", "Recorded what the meeting decided"),
    "formal_procedures": pgettext_lazy("case record", "Recorded procedures adopted later"),
    "formal_settle": pgettext_lazy("case record", "Settled the formal request"),
    **{arrow.name: arrow.label for arrow in vars(workflow_cases).values() if isinstance(arrow, Transition)},
}


READ: dict[str, Words] = {
    "case": pgettext_lazy("what was read of a case", "the matter"),
    "people": pgettext_lazy("what was read of a case", "who is named"),
    "record": pgettext_lazy("what was read of a case", "the record"),
    "file": pgettext_lazy("what was read of a case", "a file"),
    "entry": pgettext_lazy("what was read of a case", "an entry"),
    "formal": pgettext_lazy("what was read of a case", "the formal track"),
    "responses": pgettext_lazy("what was read of a case", "the responses"),
}


def words_read(what: str) -> Words:
    """``case``, ``people``, ``file:12`` in words; what nobody gave words to, as it is."""
    return READ.get(what.partition(":")[0], what)


def words_of(action: str) -> Words:
    """``compliance.case.open`` in words."""
    return _words.get(action.removeprefix(PREFIX), OTHER)
