"""Which version of the public record stands now, so that an unchanged page is not drawn again."""

from datetime import date

from ccm_portal.core.models import RegisterEntry
from ccm_portal.core.register import MAIN


def record_mark(*, on: date) -> str:
    """One index look-up. Every act moves it, and so does the day, since pages count days."""
    last = RegisterEntry.objects.filter(chain=MAIN).order_by("-number").values_list("hash", flat=True).first()
    return f"{on.isoformat()}/{last or 'empty'}"
