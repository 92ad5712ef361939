"""What can be found in positions on interpretation, in the language they were said in and in translation."""

from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.core import writing
from ccm_portal.core.search import Hit, SearchProvider
from compliance.domain import positions_reading as reading
from compliance.filters_positions import with_words
from compliance.rules_positions import public_positions


def find_positions(words: str, limit: int) -> Iterator[Hit]:
    """Published positions that hold every word, said last first."""
    for one in with_words(public_positions(), words).order_by("-said_on", "-pk")[:limit]:
        shown = Truncator(" ".join(one.text.split())).words(30)
        yield Hit(
            title=_("%(state)s: %(topic)s") % {"state": one.state.name, "topic": one.topic.name},
            url=reading.address(one),
            snippet=SafeString(escape(shown)),
            detail=writing.listed([reading.where_said(one), writing.date_text(one.said_on)]),
        )


POSITIONS = SearchProvider(name="positions", label=gettext_lazy("Positions on interpretation"), find=find_positions)
