"""What can be found in statements: the words of those that are published."""

from collections.abc import Iterator

from django.contrib.postgres.search import SearchHeadline
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.core.search import Hit, SearchProvider
from meetings.domain.statement_words import is_unsegmented, query_for, said
from meetings.rules_room import public_texts

# Signs that no statement holds: they mark what was found until the text around is made safe.
BEGINS, ENDS = "\x02", "\x03"
AROUND = 60


def find_statements(words: str, limit: int) -> Iterator[Hit]:
    """Published statements that say the words, published last first, each with the words in their place."""
    found = public_texts().filter(said(words)).order_by("-statement__published_at", "-pk")
    if is_unsegmented(words):
        rows = [(text, _around(text.text, words)) for text in found[:limit]]
    else:
        headline = SearchHeadline(
            "text", query_for(words), start_sel=BEGINS, stop_sel=ENDS, max_fragments=2, max_words=20, min_words=8
        )
        rows = [(text, text.headline) for text in found.annotate(headline=headline).defer("text", "vector")[:limit]]
    for text, snippet in rows:
        statement = text.statement
        yield Hit(
            title=_("Statement of %(who)s") % {"who": statement.delegation},
            url=reverse("meetings:statement-text", args=[statement.meeting.key, statement.pk, text.language]),
            snippet=marked(snippet),
            detail=statement.meeting.name,
        )


def _around(text: str, words: str) -> str:
    at = text.casefold().find(words.casefold())
    if at < 0:
        return ""
    end = at + len(words)
    return f"{text[max(at - AROUND, 0) : at]}{BEGINS}{text[at:end]}{ENDS}{text[end : end + AROUND]}"


def marked(snippet: str) -> SafeString:
    """A piece of a statement with what was found in it marked; all else in it is text."""
    return SafeString(escape(" ".join(snippet.split())).replace(BEGINS, "<mark>").replace(ENDS, "</mark>"))


STATEMENTS = SearchProvider(name="statements", label=gettext_lazy("Statements"), find=find_statements)
