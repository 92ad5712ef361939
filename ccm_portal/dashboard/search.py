"""What can be found of States: their names in the six languages."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.core import aliases
from ccm_portal.core.aliases import fold
from ccm_portal.core.models import State
from ccm_portal.core.models.names import COLUMNS
from ccm_portal.core.search import Hit, SearchProvider
from ccm_portal.dashboard.filters import by_name, named, nearness


def find_states(words: str, limit: int) -> Iterator[Hit]:
    """By a part of the name in any language, by an everyday name, or by code; the nearest come first."""
    for state in State.objects.filter(named(words)).order_by(nearness(words), *by_name())[:limit]:
        yield Hit(
            title=state.name,
            url=state.get_absolute_url(),
            snippet=_other_name(state, words),
            detail=state.get_treaty_status_display(),
        )


def _other_name(state: State, words: str) -> str:
    """The name that matched, where it is not the one the reader sees."""
    if fold(words) in fold(state.name):
        return ""
    names = [alias.name for alias in aliases.beginning(words) if alias.iso3 == state.iso3]
    names += [getattr(state, f"name_{column}") for column in COLUMNS.values()]
    matched = next((name for name in names if fold(words) in fold(name)), "")
    return _("Found under the name %(name)s") % {"name": matched} if matched else ""


STATES = SearchProvider(name="states", label=gettext_lazy("States"), find=find_states)
