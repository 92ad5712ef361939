"""What can be found of meetings: their names, places and what they are about. Closed ones are not found."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from ccm_portal.core.search import Hit, SearchProvider
from meetings.domain import reading
from meetings.models import Meeting
from meetings.rules import public_meetings


def find_meetings(words: str, limit: int) -> Iterator[Hit]:
    """Meetings whose name, short name, city or text holds the words; the newest first. Names are written in six
    languages by the portal and not stored, so they are compared here: there are a few dozen."""
    wanted = words.casefold()
    shown = 0
    for meeting in reading.listed(public_meetings()).order_by("-starts"):
        if not _says(meeting, wanted):
            continue
        yield Hit(title=meeting.name, url=meeting.get_absolute_url(), detail=reading.sentence(meeting))
        shown += 1
        if shown == limit:
            return


def _says(meeting: Meeting, wanted: str) -> bool:
    cities = [part.city for part in meeting.parts.all()]
    texts = (meeting.name, meeting.short_name, meeting.symbol_stem, meeting.about, *cities)
    return any(wanted in text.casefold() for text in texts if text)


MEETINGS = SearchProvider(name="meetings", label=_("Meetings"), find=find_meetings)
