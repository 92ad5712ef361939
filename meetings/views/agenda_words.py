"""What each of 150 lines of the desk says, translated and put together once."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from meetings.domain.agenda_budget import Warning
from meetings.domain.agenda_reading import Item
from meetings.domain.agenda_times import sitting_text


def sentences() -> dict[str, str]:
    """The names of a line's controls, each with a place for the item."""
    return {
        "handle": _("Move “%(item)s”"),
        "sitting": _("Sitting of “%(item)s”"),
        "minutes": _("Minutes of “%(item)s”"),
        "speakers": _("Expected speakers on “%(item)s”"),
        "up": _("Move “%(item)s” up"),
        "down": _("Move “%(item)s” down"),
        "in": _("Put “%(item)s” under the item before it"),
        "out": _("Take “%(item)s” out one level"),
        "remove": _("Remove “%(item)s”"),
    }


def boxes(items: Iterable[Item]) -> dict[str, str]:
    """What each box of the desk is called, by its name: "minutes-9" -> Minutes of “9 Clearance”."""
    said = sentences()
    return {
        f"{what}-{item.code}": said[what] % {"item": item.label}
        for item in items
        for what in ("sitting", "minutes", "speakers")
    }


def put_right(warning: Warning, zone: str) -> dict[str, str]:
    """The button beside a warning that puts an item into the sitting of its neighbours; empty where there is none."""
    if warning.misplaced is None or warning.into is None:
        return {}
    words = {"item": warning.misplaced.label, "sitting": sitting_text(warning.into, zone)}
    return {"do": f"sit:{warning.misplaced.code}", "act": _("Put “%(item)s” into %(sitting)s") % words}


def choices(sittings: Iterable[tuple[int, str]]) -> dict[tuple[int | None, bool], SafeString]:
    """The options of a line's list of sittings, by the one that is chosen and whether the item stands under another."""
    every = list(sittings)
    return {
        (chosen, below): _options(every, chosen, _("as above") if below else "–")
        for chosen in (None, *(pk for pk, _label in every))
        for below in (True, False)
    }


def _options(sittings: list[tuple[int, str]], chosen: int | None, nothing: str) -> SafeString:
    rows = ((pk, SafeString(" selected") if pk == chosen else "", label) for pk, label in sittings)
    first = format_html('<option value="">{}</option>', nothing)
    return first + format_html_join("", '<option value="{}"{}>{}</option>', rows)
