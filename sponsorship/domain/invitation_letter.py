"""The letter of invitation as a file: for the embassy that gives the visa. Made when asked for, and kept nowhere."""

from datetime import datetime
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from ccm_portal.core.pdf import order
from ccm_portal.core.pdf.texts import direction_of, printable
from ccm_portal.core.writing import date_text, listed
from sponsorship.domain.visa_clock import journey
from sponsorship.domain.visa_rules import city_of, host_of
from sponsorship.models import TravelFile

CSS = Path(__file__).parents[1] / "pdf" / "invitation.css"


def name_of(travel: TravelFile, language: str) -> str:
    """``invitation-14msp-sp-001-fr.pdf``: the number of the letter, and nobody's name."""
    number = travel.letter_number.lower().replace("/", "-")
    return f"invitation-{number}-{language}.pdf"


def pdf(travel: TravelFile, *, language: str, is_demonstration: bool) -> bytes:
    """The letter in one of the six languages, dated on the day on which it was given its number.

    :raises ValueError: if it has no number yet.
    :raises NotRendered: if the renderer ran into a limit.
    """
    if not travel.letter_at:
        raise ValueError("This letter has no number.")
    at: datetime = travel.letter_at
    round, nominee = travel.offer.round, travel.offer.nominee
    meeting, host = round.meeting, host_of(round.meeting)
    starts, ends = journey(travel, round)
    called = " ".join(filter(None, [nominee.title, nominee.name]))
    with translation.override(language):
        page = order.Page(
            language=language,
            title=_("Letter of invitation %(number)s") % {"number": travel.letter_number},
            author=_("Implementation Support Office"),
            at=at.isoformat(),
            head_start=_("Implementation Support Office"),
            head_end=travel.letter_number,
            foot=meeting.short_name,
            is_demonstration=is_demonstration,
        )
        where = listed(filter(None, [city_of(meeting), host.name if host else ""]))
        context = {
            "number": travel.letter_number,
            "day": date_text(at.date()),
            "host": host.name if host else "",
            "meeting": printable(meeting.name),
            "starts": date_text(meeting.starts),
            "ends": date_text(meeting.ends),
            "where": where,
            "arrives": date_text(starts),
            "departs": date_text(ends),
            "person": printable(called),
            "person_runs": direction_of(called),
            "function": printable(nominee.function),
            "function_runs": direction_of(nominee.function),
            "state": nominee.state.name,
        }
    return order.pdf(
        "sponsorship/pdf/invitation.html",
        context,
        page=page,
        identifier=f"{travel.letter_number} {language}",
        sheets=[CSS],
    )
