"""The calendar of a year for the bench: the meetings that the other scenes make, beside all usual slots."""

from django.urls import reverse

from ccm_portal.bench import data
from meetings.domain.neighbours import bring_neighbours

EACH = 400  # addresses, so that each is drawn


def prepare() -> None:
    """The usual slots of the year in which the bench's meeting is held."""
    bring_neighbours(at=data.NOW)


def address() -> str:
    return reverse("meetings:calendar-year", args=[data.NOW.year])


def undrawn() -> list[str]:
    """The same year under addresses that nobody has asked for yet."""
    return [f"{prefix}{address()}?turn={turn}" for turn in range(EACH) for prefix in ("", "/ar", "/fr")]
