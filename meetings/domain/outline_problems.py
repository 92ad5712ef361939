"""A problem that a committee has identified becomes an item of the outline."""

from django.db import transaction

from committees.domain import problems
from committees.domain.said import WorkRefused
from committees.models import Problem
from meetings.domain import outline_edits
from meetings.domain.agenda_publishing import AgendaRefused
from meetings.domain.agenda_reading import language_to_write
from meetings.domain.outline_edits import Seen
from meetings.enums import ItemKind


@transaction.atomic
def put_on_agenda(seen: Seen, *, problem: Problem) -> int:
    """An item at the end, led by the body, with the problem's title and nothing else of what the workspace holds. The
    problem says where it went; taking the item out, or undoing, opens the problem again (``outline_links``).

    :raises AgendaChanged, AgendaRefused: see ``outline.change``; if the problem is settled or on an agenda already.
    """
    fields = {
        "words": {language_to_write(seen.meeting): {"title": problem.title}},
        "kind": ItemKind.THEMATIC.value,
        "lead_body": problem.body_id,
        "problem": problem.pk,
    }
    _agenda, code = outline_edits.add(seen, fields=fields)
    assert seen.by is not None
    try:
        problems.put_on_agenda(problem=problem, meeting_key=seen.meeting.key, by=seen.by, at=seen.at)
    except WorkRefused as refusal:
        raise AgendaRefused(str(refusal)) from refusal
    return code
