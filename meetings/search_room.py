"""What can be found in statements: the words of those that are published."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.core.search import Hit, SearchProvider
from ccm_portal.core.words import CONFIGURATIONS, found_in, said
from meetings.rules_room import public_texts


def find_statements(words: str, limit: int) -> Iterator[Hit]:
    """Published statements that say the words, published last first, each with the words in their place."""
    found = public_texts().filter(said(words, CONFIGURATIONS)).order_by("-statement__published_at", "-pk")
    for text, snippet in found_in(found, words, CONFIGURATIONS, limit=limit):
        statement = text.statement
        yield Hit(
            title=_("Statement of %(who)s") % {"who": statement.delegation},
            url=reverse("meetings:statement-text", args=[statement.meeting.key, statement.pk, text.language]),
            snippet=snippet,
            detail=statement.meeting.name,
        )


STATEMENTS = SearchProvider(name="statements", label=gettext_lazy("Statements"), find=find_statements)
