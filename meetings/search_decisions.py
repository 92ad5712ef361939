"""What can be found in the register of decisions."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.core import writing
from ccm_portal.core.search import Hit, SearchProvider
from meetings.filters_decisions import with_words
from meetings.rules_decisions import public_decisions


def find_decisions(words: str, limit: int) -> Iterator[Hit]:
    """Recorded decisions that hold every word, the newest first."""
    for one in with_words(public_decisions(), words).order_by("-decided_on", "-pk")[:limit]:
        yield Hit(
            title=one.title,
            url=reverse("meetings:decision-detail", args=[one.meeting.key, one.number]),
            snippet=SafeString(escape(Truncator(" ".join(one.text.split())).words(30))),
            detail=_("%(meeting)s, decided on %(date)s")
            % {"meeting": one.meeting.short_name, "date": writing.date_text(one.decided_on) if one.decided_on else ""},
        )


DECISIONS = SearchProvider(name="decisions", label=gettext_lazy("Decisions"), find=find_decisions)
