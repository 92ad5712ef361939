"""What was done to an outline, kept without a language and told in the reader's."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import AgendaStep

LONGEST = 150

VERBS: dict[str, str | Promise] = {
    "added": gettext_lazy("added “%(item)s”"),
    "removed": gettext_lazy("removed “%(item)s”"),
    "moved": gettext_lazy("moved “%(item)s”"),
    "worded": gettext_lazy("changed the words of “%(item)s”"),
    "timed": gettext_lazy("changed the minutes of “%(item)s”"),
    "expected": gettext_lazy("changed the expected speakers of “%(item)s”"),
    "placed": gettext_lazy("gave “%(item)s” another sitting"),
    "led": gettext_lazy("changed who leads “%(item)s”"),
    "changed": gettext_lazy("changed “%(item)s”"),
    "several": gettext_lazy("changed several items"),
    "spread": gettext_lazy("spread the items over the sittings"),
    "limit": gettext_lazy("changed the minutes for a speaker"),
    "template": gettext_lazy("began from the template “%(item)s”"),
    "copied": gettext_lazy("began from the agenda of %(item)s"),
}


@dataclass(frozen=True)
class Told:
    """What a change did, and to what."""

    verb: str
    item: str = ""


def kept(told: Told) -> str:
    """As it is stored."""
    return f"{told.verb}:{told.item[:LONGEST]}"


def in_words(step: AgendaStep) -> str:
    """ "moved “Clearance”"."""
    verb, _sign, item = step.label.partition(":")
    return str(VERBS[verb]) % {"item": item}


def changed_since(step: AgendaStep | None) -> str:
    """Who changed the outline meanwhile, and how, for whoever comes with an older one."""
    if step is None:
        return _(
            "The outline has changed since you opened the page. What you typed is kept: compare, then send it again."
        )
    words = {"who": step.by.name if step.by else _("Somebody"), "what": in_words(step)}
    return _("%(who)s %(what)s since you opened the page. What you typed is kept: compare, then send it again.") % words
