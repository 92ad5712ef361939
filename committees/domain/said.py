"""What people write in a workspace, as it is kept; and the two ways in which it can be refused."""

from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.workflow import locked
from ccm_portal.core.writing import plain

Row = TypeVar("Row", bound=Model)

LONG = 8000


class WorkRefused(Exception):
    """It cannot be done in this workspace. The message is fit to show the person."""


class WorkChanged(WorkRefused):
    """Somebody else has changed it since the page was opened. ``now`` is the row as it stands."""

    def __init__(self, now: Any) -> None:
        super().__init__(
            _("This was changed after you opened the page. Your text is kept: compare, then save it again.")
        )
        self.now = now


def said(text: str, *, longest: int = LONG, empty: str = "") -> str:
    """The text without what surrounds it.

    :raises WorkRefused: with the sentence ``empty``, if one is given and nothing is said; or if there is too much.
    """
    text = plain(text)
    if not text and empty:
        raise WorkRefused(empty)
    if len(text) > longest:
        raise WorkRefused(
            ngettext("Write at most %(limit)s character.", "Write at most %(limit)s characters.", longest)
            % {"limit": longest}
        )
    return text


def seen(row: Row, version: int) -> Row:
    """The row, locked, as it stands.

    :raises WorkChanged: if it has another version than the one seen.
    """
    fresh = locked(row)
    refuse_stale(fresh, version)
    return fresh


def refuse_stale(row: Any, version: int) -> None:
    """:raises WorkChanged: if the row, locked already, has another version than the one seen."""
    if row.version != version:
        raise WorkChanged(row)
