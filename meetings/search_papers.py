"""What can be found in papers: their symbols, and their titles in all languages."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from ccm_portal.core import writing
from ccm_portal.core.search import Hit, SearchProvider
from meetings.domain import paper_reading
from meetings.rules_papers import public_papers


def find_papers(words: str, limit: int) -> Iterator[Hit]:
    """Published papers, the last one first."""
    found = public_papers().filter(paper_reading.saying(words)).order_by("-published_at", "-pk")
    for line in paper_reading.lines(paper_reading.listed(found[:limit])):
        yield Hit(
            title=f"{line.symbol} {line.title}".strip(),
            url=line.url,
            detail=" · ".join([line.issuers, writing.date_text(line.published_at)] if line.published_at else []),
        )


PAPERS = SearchProvider(name="papers", label=gettext_lazy("Papers"), find=find_papers)
