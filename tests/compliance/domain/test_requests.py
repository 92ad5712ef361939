"""A request from the intent to LODGED."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import DatabaseError

from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage, RegisterEntry
from ccm_portal.core.workflow import TransitionRefused
from ccm_portal.core.writing import date_text
from committees.domain.said import WorkChanged, WorkRefused
from compliance.domain import (
    lodging,
    request_clock,
    request_drafts,
    request_files,
    request_form,
    request_meetings,
    request_people,
    request_reading,
)
from compliance.enums import Access, RequestStatus
from compliance.models import ExtensionRequest, RequestPlace
from compliance.rules_requests import drafts, office_intents, public_intents, public_requests
from meetings.enums import MeetingStatus
from tests import factories
from tests.compliance import factories_requests as make
from tests.meetings.factories import meeting

pytestmark = pytest.mark.django_db
AT = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def approver():
    return factories.person(Role.APPROVER, "MRT")


@pytest.fixture
def written(approver):
    """Mauritania's request: its deadline of 1 August 2026 was extended; the test sets what it needs."""
    draft = make.draft("MRT", by=approver, at=AT)
    make.write(draft, "duration", "", by=approver, day=draft.clock.current.replace(year=draft.clock.current.year + 2))
    return draft


@pytest.mark.parametrize(
    ("kind", "renewed", "letters"),
    [("art3", False, "abcdef"), ("art4", False, "abcdefghi"), ("art4", True, "abcdefghij")],
)
def test_a_request_has_the_sections_that_the_convention_asks_for(kind, renewed, letters, approver):
    if renewed:
        make.request(
            "MRT", kind, status="decided", outcome="granted", granted_until="2030-01-01", decided_on="2026-01-01"
        )

    draft = make.draft("MRT", kind, by=approver, at=AT)

    assert "".join(one.letter for one in request_form.sections_of(draft)) == letters
    assert {one.key for one in draft.sections.all()} == {one.key for one in request_form.sections_of(draft)}


def test_nothing_stops_the_lodging_but_a_missing_duration(approver):
    draft = make.draft("MRT", by=approver, at=AT)

    with pytest.raises(lodging.NoDuration):
        make.lodge(draft, by=approver, at=AT)

    until = draft.clock.current.replace(year=draft.clock.current.year + 1)
    make.write(draft, "duration", "", by=approver, day=until)
    version = make.lodge(draft, by=approver, at=AT)
    draft.refresh_from_db()

    assert (draft.status, draft.asked_until, version.number) == (RequestStatus.LODGED, until, 1)
    told = request_form.completeness(draft, {}, until=until)
    assert [one.letter for one in told.missing] == list("bcdefghi")


def test_a_late_request_is_taken_and_its_lateness_is_kept(approver, written):
    clock = written.clock
    last = meeting("13msp-x", starts=clock.current.replace(day=1), ends=clock.current.replace(day=4), year=2031)
    at = datetime(last.starts.year, last.starts.month, 1, 9, tzinfo=UTC)
    office = factories.person(Role.ISO_STAFF, "iso")

    version = make.lodge(written, by=approver, at=at)
    written.refresh_from_db()
    days = request_clock.lodging(clock, on=at.date(), meetings=[last])

    assert written.meeting == last
    assert written.lodging_due == days.due.day
    assert written.days_late == (at.date() - days.due.day).days > 270
    entry = RegisterEntry.objects.get(action="compliance.extensionrequest.lodge")
    assert f'"days_late":{written.days_late}' in entry.payload
    assert version.content_hash in entry.payload
    assert OutgoingMessage.objects.filter(kind="compliance.news", user=office).count() == 1
    clock.granted_until = date(2040, 1, 1)
    clock.save()
    written.refresh_from_db()
    assert written.deadline_then == last.starts


def test_a_deadline_far_beyond_the_last_known_meeting_has_no_lodging_day_yet(written):
    far = meeting("14msp-x", starts=date(2027, 9, 13), ends=date(2027, 9, 16))
    written.clock.override, written.clock.override_source = date(2031, 1, 1), "test"

    days = request_clock.lodging(written.clock, on=AT.date(), meetings=[far])

    assert (days.due, days.decides, days.days_late(AT)) == (None, far, 0)


def test_two_presses_lodge_once_and_a_changed_draft_is_read_again_first(approver, written):
    seen = lodging.digest(lodging.content(written))
    first = lodging.lodge(request=written, seen=seen, by=approver, at=AT)
    again = lodging.lodge(request=written, seen=seen, by=approver, at=AT)
    assert first == again

    make.write(written, "reasons", "More land was found.", by=approver)
    with pytest.raises(lodging.DraftChanged):
        lodging.lodge(request=written, seen=seen, by=approver, at=AT)
    with pytest.raises(WorkRefused, match="what the new version changes"):
        make.lodge(written, by=approver, at=AT)
    revised = make.lodge(written, by=approver, at=AT, note="Land found since.")

    assert [(one.number, one.note) for one in written.versions.order_by("number")] == [
        (1, ""),
        (2, "Land found since."),
    ]
    assert make.lodge(written, by=approver, at=AT, note="Land found since.") == revised


def test_the_database_keeps_what_was_lodged(approver, written):
    version = make.lodge(written, by=approver, at=AT)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE compliance_requestversion SET note = 'x' WHERE id = %s", [version.pk])


def test_who_wrote_second_is_told_and_loses_nothing(approver, written):
    section = written.sections.get(key="reasons")
    request_drafts.write_section(section=section, text="First.", version=1, by=approver, at=AT)

    with pytest.raises(WorkChanged) as refusal:
        request_drafts.write_section(section=section, text="Second.", version=1, by=approver, at=AT)

    assert refusal.value.now.text == "First."


def test_a_day_before_the_deadline_is_not_asked_for(approver, written):
    section = written.sections.get(key="duration")

    with pytest.raises(WorkRefused, match="Ask for a later day"):
        request_drafts.write_section(
            section=section, text="", day=written.clock.current, version=section.version, by=approver, at=AT
        )


def test_more_than_the_treaty_allows_is_told_and_taken(approver, written):
    until = written.clock.current.replace(year=written.clock.current.year + 6)
    make.write(written, "duration", "", by=approver, day=until)
    make.lodge(written, by=approver, at=AT)
    written.refresh_from_db()

    assert written.asked_until == until
    assert "at the latest: five years after" in request_clock.beyond_the_limit(written.clock, until)


def test_who_is_ended_while_typing_writes_nothing(approver, written):
    place = make.place(written, Access.WRITE)
    reader = make.place(written, Access.READ)
    section = written.sections.get(key="reasons")
    request_people.end(place=place, by=approver, at=AT)

    for person in (place.user, reader.user):
        with pytest.raises(PermissionDenied):
            request_drafts.write_section(section=section, text="Too late.", version=1, by=person, at=AT)
    section.refresh_from_db()
    assert section.text == ""
    assert written not in drafts(place.user)
    assert written in drafts(reader.user)


def test_lodging_ends_every_invitation_and_publishes_the_annexes(approver, written):
    make.place(written, Access.WRITE)
    annex = request_files.add(
        request=written, title="Work plan", language="en", content=b"The plan.", name="p.txt", by=approver, at=AT
    )
    make.lodge(written, by=approver, at=AT)
    annex.refresh_from_db()
    request_files.remove(annex=annex, by=approver, at=AT)
    annex.refresh_from_db()

    assert not RequestPlace.objects.filter(content_object=written).exists()
    assert (annex.since_version, annex.until_version) == (1, 1)
    make.write(written, "reasons", "Without it.", by=approver)
    make.lodge(written, by=approver, at=AT, note="The plan is replaced.")
    assert '"files":[]' in written.versions.get(number=2).content


def test_a_draft_given_up_stays_private_and_a_lodged_request_withdrawn_stays_public(approver, written):
    other = make.draft("MRT", "art3", by=approver, at=AT)
    lodging.withdraw(request=other, reason="", version=other.version, by=approver, at=AT)
    make.lodge(written, by=approver, at=AT)
    written.refresh_from_db()
    with pytest.raises(WorkRefused, match="Say why"):
        lodging.withdraw(request=written, reason=" ", version=written.version, by=approver, at=AT)
    lodging.withdraw(request=written, reason="Done in time.", version=written.version, by=approver, at=AT)

    assert list(public_requests()) == [written]
    with pytest.raises(TransitionRefused):
        lodging.withdraw(request=written, reason="Again.", version=written.version + 1, by=approver, at=AT)


def test_a_request_follows_the_intent_and_only_one_runs_on_a_clock(approver):
    clock = make.clock("MRT")
    intent = request_drafts.signal_intent(clock=clock, on=date(2027, 2, 1), source="Statement", by=approver, at=AT)

    draft = request_drafts.begin(clock=clock, language="fr", by=approver, at=AT)

    assert (draft.pk, draft.status, draft.intent_source) == (intent.pk, RequestStatus.DRAFT, "Statement")
    with pytest.raises(WorkRefused, match="already"):
        request_drafts.begin(clock=clock, language="fr", by=approver, at=AT)
    assert ExtensionRequest.objects.filter(clock=clock).count() == 1


def test_a_request_goes_to_the_meeting_that_decides_as_meetings_come_and_go(approver, written):
    make.lodge(written, by=approver, at=AT)
    written.refresh_from_db()
    assert written.meeting is None
    late = written.days_late
    first = meeting("14msp", starts=date(2027, 9, 13), ends=date(2027, 9, 16))

    assert request_meetings.sweep(at=AT) == 1
    assert request_meetings.sweep(at=AT) == 0
    written.refresh_from_db()
    assert written.meeting == first
    second = meeting("15msp", ordinal=15, year=2028, starts=date(2028, 9, 11), ends=date(2028, 9, 14))
    first.status = MeetingStatus.CANCELLED
    first.save()

    assert request_meetings.sweep(at=AT) == 1
    written.refresh_from_db()
    assert (written.meeting, written.days_late) == (second, late)
    entries = RegisterEntry.objects.filter(action="compliance.extensionrequest.meeting")
    assert entries.count() == 2


def test_the_office_that_notes_an_intent_does_not_learn_that_a_draft_was_begun():
    iso, told = factories.person(Role.ISO_STAFF, "iso"), {"on": date(2026, 1, 9), "source": "Statement, 13MSP"}
    begun = make.request("MRT", status=RequestStatus.DRAFT, asked_until=date(2031, 8, 1))
    free = make.request("CHL", status=RequestStatus.WITHDRAWN, lodged_on=None)
    noted = [request_drafts.signal_intent(clock=one.clock, by=iso, at=AT, **told) for one in (begun, free)]

    assert {one.pk for one in office_intents(iso)} == {one.pk for one in noted}
    assert {one.pk for one in public_intents()} == {one.pk for one in noted}
    assert ExtensionRequest.objects.get(pk=begun.pk).status == RequestStatus.DRAFT


def test_after_the_deadline_a_request_is_late_also_where_no_meeting_is_known(approver, written):
    deadline = written.clock.current
    at = datetime(deadline.year + 1, deadline.month, deadline.day, 12, tzinfo=UTC)

    make.lodge(written, by=approver, at=at)
    written.refresh_from_db()

    assert (written.meeting, written.lodging_due) == (None, deadline)
    assert written.days_late == (at.date() - deadline).days
    assert request_reading.late_words(written).endswith(f"it was to be lodged by {date_text(deadline)}.")
