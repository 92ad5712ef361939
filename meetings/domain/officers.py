"""Who presides and who helps: offices held by States, with persons under them."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ccm_portal.core.models import State, User
from ccm_portal.core.writing import plain
from meetings.domain.changing import MeetingRefused, held, noted, touch
from meetings.enums import Office
from meetings.models import Meeting, Officer

PRESIDING = frozenset({Office.PRESIDENT, Office.CHAIR})
APART = frozenset({*PRESIDING, Office.VICE_PRESIDENT})  # who helps the chair is another State
ONE_ONLY = frozenset({Office.PRESIDENT, Office.SECRETARY_GENERAL})


@transaction.atomic
def name_officer(
    *, meeting: Meeting, version: int, office: str, state: State | None, name: str = "", by: User, at: datetime
) -> Officer:
    """Give an office to a State, with the person under it; the Secretary-General of a meeting is a person alone.

    :raises MeetingChanged: if the meeting has another version than the one seen.
    :raises MeetingRefused: if nobody is named, the office is taken, or two chairs would be of one State.
    """
    fresh = held(meeting, version)
    name = plain(name)
    if len(name) > 120:
        raise MeetingRefused(_("Write at most %(limit)s characters.") % {"limit": 120}, "name")
    if state is None and not name:
        raise MeetingRefused(_("Choose a State, or name a person."), "state")
    if state is None and office != Office.SECRETARY_GENERAL:
        raise MeetingRefused(_("This office is held by a State. Choose which."), "state")
    there = list(fresh.officers.select_related("state"))
    if office in ONE_ONLY and any(one.office == office for one in there):
        raise MeetingRefused(_("This office is taken. Take the present one away first."), "office")
    if state is not None:
        _refuse_one_state_twice(office, state, there)
    position = (fresh.officers.aggregate(last=Max("position"))["last"] or 0) + 1
    made = Officer.objects.create(meeting=fresh, office=office, state=state, name=name, position=position)
    touch(fresh, at=at, moves=False)
    fresh.save()
    noted("name_officer", fresh, by=by, at=at, office=office, state=state.iso3 if state else None)
    return made


@transaction.atomic
def remove(*, officer: Officer, version: int, by: User, at: datetime) -> None:
    """Take an office back.

    :raises MeetingChanged: if the meeting has another version than the one seen.
    """
    fresh = held(officer.meeting, version)
    office, state = officer.office, officer.state
    Officer.objects.filter(pk=officer.pk).delete()
    touch(fresh, at=at, moves=False)
    fresh.save()
    noted("remove_officer", fresh, by=by, at=at, office=office, state=state.iso3 if state else None)


def _refuse_one_state_twice(office: str, state: State, there: list[Officer]) -> None:
    told = {"state": state.name}
    if office in PRESIDING and any(one.office in PRESIDING and one.state_id == state.pk for one in there):
        raise MeetingRefused(
            _("%(state)s presides already. Two chairs of one State are not two: choose another State.") % told, "state"
        )
    if office in APART and (
        other := next((one for one in there if one.office in APART - {office} and one.state_id == state.pk), None)
    ):
        raise MeetingRefused(
            _("%(state)s is %(office)s of this meeting already: choose another State.")
            % (told | {"office": other.get_office_display()}),
            "state",
        )
    if any(one.office == office and one.state_id == state.pk for one in there):
        raise MeetingRefused(_("%(state)s holds this office already.") % told, "state")
