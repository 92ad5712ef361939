"""What can be found of States: their names in the six languages."""

from collections.abc import Iterator

from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.core.models import State
from ccm_portal.core.models.names import COLUMNS
from ccm_portal.core.search import Hit, SearchProvider
from ccm_portal.dashboard.filters import by_name, named


def find_states(words: str, limit: int) -> Iterator[Hit]:
    """By a part of the name in any language, or by the three-letter code; names that begin so come first."""
    begins = Case(
        *(When(**{f"name_{column}__istartswith": words}, then=Value(0)) for column in COLUMNS.values()),
        default=Value(1),
        output_field=IntegerField(),
    )
    for state in State.objects.filter(named(words)).order_by(begins, *by_name())[:limit]:
        yield Hit(
            title=state.name,
            url=state.get_absolute_url(),
            snippet=_other_name(state, words),
            detail=state.get_treaty_status_display(),
        )


def _other_name(state: State, words: str) -> str:
    """The name that matched, where it is not the one the reader sees."""
    if words.casefold() in state.name.casefold():
        return ""
    names = (getattr(state, f"name_{column}") for column in COLUMNS.values())
    matched = next((name for name in names if words.casefold() in name.casefold()), "")
    return _("Found under the name %(name)s") % {"name": matched} if matched else ""


STATES = SearchProvider(name="states", label=gettext_lazy("States"), find=find_states)
