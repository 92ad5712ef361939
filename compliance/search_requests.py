"""What can be found of extension requests: everything that was lodged, by the name of its State and its own words."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.core.models.names import COLUMNS
from ccm_portal.core.search import Hit, SearchProvider
from ccm_portal.core.writing import date_text
from compliance.domain import request_reading
from compliance.rules_requests import public_requests


def find_requests(words: str, limit: int) -> Iterator[Hit]:
    """Lodged requests that hold every word, in their text or in a name of their State; the last first."""
    found = public_requests()
    for word in words.split()[:8]:
        named = Q(state__iso3__iexact=word)
        for column in COLUMNS.values():
            named |= Q(**{f"state__name_{column}__icontains": word})
        found = found.filter(named | Q(versions__content__icontains=word) | Q(source__icontains=word))
    for one in found.distinct().order_by("-lodged_on", "-pk")[:limit]:
        yield Hit(
            title=request_reading.title_of(one),
            url=one.get_absolute_url(),
            snippet=request_reading.decided_words(one),
            detail=_("lodged %(day)s") % {"day": date_text(one.lodged_on)} if one.lodged_on else "",
        )


REQUESTS = SearchProvider(name="requests", label=gettext_lazy("Extension requests"), find=find_requests)
