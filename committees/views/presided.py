"""The formal meetings to come, each with who is chosen to preside over it and the form to note it."""

from dataclasses import dataclass

from ccm_portal.core import clock
from committees.coming import ComingMeeting, coming_meetings
from committees.forms_leadership import DesignateForm
from committees.models import Presidency


@dataclass(frozen=True)
class Place:
    """A meeting to come, who is chosen to preside over it, and the form to note it."""

    meeting: ComingMeeting
    chosen: Presidency | None
    form: DesignateForm


def places(bound: DesignateForm | None = None, key: str = "") -> list[Place]:
    """The formal meetings whose President is not in office yet. ``bound``: the form of one that was refused."""
    on = clock.today()
    coming = [one for one in coming_meetings(on=on) if one.in_office]
    known = Presidency.objects.filter(meeting_key__in=[one.key for one in coming]).select_related("state")
    chosen = {row.meeting_key: row for row in known}
    return [
        Place(one, chosen.get(one.key), bound if bound and one.key == key else _form(one, chosen.get(one.key)))
        for one in coming
        if not _is_in_office(chosen.get(one.key))
    ]


def _is_in_office(row: Presidency | None) -> bool:
    return row is not None and row.starts is not None and row.starts <= clock.today()


def _form(meeting: ComingMeeting, row: Presidency | None) -> DesignateForm:
    stands = {"state": row.state.slug, "on": row.designated_on, "source": row.source} if row else {}
    return DesignateForm(initial={"version": row.version if row else 0, **stands}, auto_id=f"{meeting.key}_%s")
