"""What a meeting is called, long and short, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MSP = "msp"
REVIEW_CONFERENCE = "rc"
LONG: dict[str, list[str | Promise]] = {
    MSP: [
        gettext_lazy("First Meeting of States Parties"),
        gettext_lazy("Second Meeting of States Parties"),
        gettext_lazy("Third Meeting of States Parties"),
        gettext_lazy("Fourth Meeting of States Parties"),
        gettext_lazy("Fifth Meeting of States Parties"),
        gettext_lazy("Sixth Meeting of States Parties"),
        gettext_lazy("Seventh Meeting of States Parties"),
        gettext_lazy("Eighth Meeting of States Parties"),
        gettext_lazy("Ninth Meeting of States Parties"),
        gettext_lazy("Tenth Meeting of States Parties"),
        gettext_lazy("Eleventh Meeting of States Parties"),
        gettext_lazy("Twelfth Meeting of States Parties"),
        gettext_lazy("Thirteenth Meeting of States Parties"),
        gettext_lazy("Fourteenth Meeting of States Parties"),
        gettext_lazy("Fifteenth Meeting of States Parties"),
        gettext_lazy("Sixteenth Meeting of States Parties"),
        gettext_lazy("Seventeenth Meeting of States Parties"),
        gettext_lazy("Eighteenth Meeting of States Parties"),
    ],
    REVIEW_CONFERENCE: [
        gettext_lazy("First Review Conference"),
        gettext_lazy("Second Review Conference"),
        gettext_lazy("Third Review Conference"),
        gettext_lazy("Fourth Review Conference"),
        gettext_lazy("Fifth Review Conference"),
        gettext_lazy("Sixth Review Conference"),
    ],
}


def long_name(kind: str, ordinal: int | None) -> str:
    """ "Fourteenth Meeting of States Parties"; empty for a kind that is not counted."""
    if ordinal is None or kind not in LONG:
        return ""
    if ordinal <= len(LONG[kind]):
        return str(LONG[kind][ordinal - 1])
    words = _("%(number)s. Meeting of States Parties") if kind == MSP else _("%(number)s. Review Conference")
    return words % {"number": ordinal}


def short_name(kind: str, ordinal: int | None) -> str:
    """ "14MSP", "3RC", as all six languages write it; empty for a kind that is not counted."""
    return f"{ordinal}{'MSP' if kind == MSP else 'RC'}" if ordinal and kind in LONG else ""
