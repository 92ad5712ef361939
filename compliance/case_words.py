"""What an act on a case's own chain of the register is called on the page of its record."""

from collections.abc import Mapping

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
    **{arrow.name: arrow.label for arrow in vars(workflow_cases).values() if isinstance(arrow, Transition)},
}


READ: dict[str, Words] = {
    "case": pgettext_lazy("what was read of a case", "the matter"),
    "people": pgettext_lazy("what was read of a case", "who is named"),
    "record": pgettext_lazy("what was read of a case", "the record"),
    "file": pgettext_lazy("what was read of a case", "a file"),
}


def words_read(what: str) -> Words:
    """``case``, ``people``, ``file:12`` in words; what nobody gave words to, as it is."""
    return READ.get(what.partition(":")[0], what)


def register_words(words: Mapping[str, Words]) -> None:
    """Called by ``wire()``: acts of other parts, by the name given to ``case_acts.noted``."""
    _words.update(words)


def words_of(action: str) -> Words:
    """``compliance.case.open`` in words."""
    return _words.get(action.removeprefix(PREFIX), OTHER)
