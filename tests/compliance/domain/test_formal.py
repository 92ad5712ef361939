"""Requests for clarification under Article 8: the days, the 28 of them, the next meeting and what it makes of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ccm_portal.core.models import OutgoingMessage, RegisterEntry
from ccm_portal.core.workflow import TransitionRefused
from committees.domain.said import WorkChanged
from compliance import fence
from compliance.domain import formal, formal_meeting
from compliance.domain.case_acts import CaseRefused
from compliance.domain.obligations import obligations
from compliance.domain.offered_matters import overdue
from compliance.enums import Access, Side
from compliance.models import CirculatedClarification, ClarificationRequest
from compliance.panels_formal import work_items
from meetings.enums import MeetingKind
from tests.compliance import factories_cases as made
from tests.compliance import factories_formal as asked
from tests.factories import state
from tests.meetings import factories as meetings

pytestmark = pytest.mark.django_db


def _fresh(request):
    with fence.reading_as(request.case.opened_by):
        return ClarificationRequest.objects.select_related("case").get(pk=request.pk)


def test_lodging_makes_the_case_formal_and_runs_no_clock_before_receipt():
    case = made.a_case()
    named = made.named(case, access=Access.WRITE, side=Side.CONCERNED)
    request = asked.lodged(case)
    told = _fresh(request)
    assert (told.status, told.case.status, formal.reply_clock(told, at=asked.AT)) == ("lodged", "formal", None)
    assert list(OutgoingMessage.objects.filter(user=named).values_list("kind", flat=True)) == ["compliance.news"]
    with fence.reading_as(case.opened_by):
        last = RegisterEntry.objects.filter(chain=case.register_chain).order_by("-number").first()
    assert (last.action, last.state) == ("compliance.case.formal_lodge", None)


def test_the_28_days_count_from_receipt_and_no_silence_is_said_before_they_ended_everywhere():
    request = asked.received(made.a_case())
    lead = request.case.opened_by
    clock = formal.reply_clock(request, at=asked.AT)
    assert (clock.due.day, clock.due.start, clock.ends_at) == (
        date(2027, 1, 7),
        asked.RECEIVED,
        datetime(2027, 1, 8, 12, tzinfo=UTC),
    )
    last_moment = clock.ends_at - timedelta(seconds=1)
    with pytest.raises(CaseRefused, match="not ended everywhere"):
        formal.note_silence(request=request, version=request.version, by=lead, at=last_moment)
    silent = formal.note_silence(request=request, version=request.version, by=lead, at=clock.ends_at)
    assert silent.status == "silent"
    late = formal.note_reply(
        request=silent, text="It was cleared.", on=date(2027, 1, 9), through_un_on=None, version=silent.version,
        by=lead, at=clock.ends_at,
    )  # fmt: skip
    assert late.status == "replied"


def test_a_receipt_in_the_future_is_taken_and_said_to_begin_later():
    request = asked.received(made.a_case(), on=date(2027, 2, 1))
    clock = formal.reply_clock(request, at=asked.AT)
    assert (clock.begins_later, clock.due.day, clock.is_over) == (True, date(2027, 3, 1), False)


def test_the_state_replies_itself_and_the_president_says_whether_that_satisfies():
    case = made.a_case()
    states = made.named(case, access=Access.WRITE, side=Side.CONCERNED)
    colleague = made.named(case, access=Access.WRITE)
    request = asked.received(case)
    words = {"text": "It is a quarry.", "on": date(2026, 12, 20), "through_un_on": date(2026, 12, 21)}
    with pytest.raises(PermissionDenied):
        formal.note_reply(request=request, **words, version=request.version, by=colleague, at=asked.AT)
    replied = formal.note_reply(request=request, **words, version=request.version, by=states, at=asked.AT)
    with pytest.raises(PermissionDenied):
        formal.judge_reply(request=replied, satisfies=True, version=replied.version, by=states, at=asked.AT)
    with pytest.raises(WorkChanged):
        formal.judge_reply(request=replied, satisfies=True, version=request.version - 1, by=case.opened_by, at=asked.AT)
    meeting = meetings.meeting()
    with pytest.raises(CaseRefused, match="does not satisfy"):
        formal_meeting.submit(
            request=replied, on=date(2027, 1, 10), text="x", meeting=meeting, version=replied.version,
            by=case.opened_by, at=asked.AT,
        )  # fmt: skip
    judged = formal.judge_reply(
        request=replied, satisfies=True, version=replied.version, by=case.opened_by, at=asked.AT
    )
    settled = formal_meeting.settle(request=judged, version=judged.version, by=case.opened_by, at=asked.AT)
    assert (settled.status, settled.reply, settled.reply_satisfies) == ("settled", "It is a quarry.", True)


def test_it_goes_to_the_next_formal_meeting_also_a_review_conference_which_decides_first_whether_to_consider():
    later = meetings.meeting()
    review = meetings.meeting(
        "4rc", kind=MeetingKind.REVIEW_CONFERENCE, ordinal=4, starts=date(2027, 3, 1), ends=date(2027, 3, 5)
    )
    case = made.a_case()
    request = asked.silent(case)
    told = {"on": date(2027, 1, 20), "text": "No reply came.", "by": case.opened_by, "at": asked.DAY_28_OVER}
    with pytest.raises(CaseRefused, match="next meeting"):
        formal_meeting.submit(request=request, meeting=later, version=request.version, **told)
    request = formal_meeting.submit(request=request, meeting=review, version=request.version, **told)
    assert (_fresh(request).case.status, request.status) == ("meeting", "submitted")
    by = {"by": case.opened_by, "at": asked.DAY_28_OVER}
    request = formal_meeting.note_circulated(request=request, on=date(2027, 1, 25), version=request.version, **by)
    request = formal_meeting.respond(request=request, text="We answer.", version=request.version, **by)
    with pytest.raises(CaseRefused, match="recommends no measures"):
        formal_meeting.note_meeting(
            request=request, on=date(2027, 3, 4), considered=False, beyond_control=True, version=request.version, **by
        )
    request = formal_meeting.note_meeting(
        request=request, on=date(2027, 3, 4), considered=False, version=request.version, **by
    )
    with pytest.raises(CaseRefused, match="has spoken"):
        formal_meeting.note_good_offices(request=request, on=date(2027, 3, 5), note="x", version=request.version, **by)
    assert (request.status, request.meeting, request.considered_on) == ("not_considered", review, date(2027, 3, 4))


def test_nothing_is_submitted_while_a_reply_is_awaited():
    case = made.a_case()
    request = asked.received(case)
    with pytest.raises(TransitionRefused):
        formal_meeting.submit(
            request=request, on=date(2026, 12, 20), text="x", meeting=meetings.meeting(), version=request.version,
            by=case.opened_by, at=asked.AT,
        )  # fmt: skip


def test_the_awaited_reply_is_work_of_who_leads_and_of_who_is_named_for_the_state_alone():
    case = made.a_case()
    states = made.named(case, side=Side.CONCERNED)
    colleague = made.named(case, access=Access.WRITE)
    asked.received(case)
    on = date(2026, 12, 12)
    told = {user.pk: [item.due for item in work_items(user, on)] for user in (case.opened_by, states, colleague)}
    due = [date(2027, 1, 7)]
    assert told == {case.opened_by.pk: due, states.pk: due, colleague.pk: []}


def owed_publicly(iso3="PER", on=date(2027, 9, 1)):
    """The replies among the public obligations of a State: when due, how each stands, why; and what is on record."""
    rows = [row for row in obligations([state(iso3)], on=on) if row.kind == "clarification"]
    told = [(row.due, str(row.standing), row.sentence) for row in rows]
    return told, RegisterEntry.objects.filter(chain="main", action__startswith="compliance.").count()


def test_the_reply_is_a_public_obligation_from_the_day_of_circulation_and_nothing_shows_before():
    meeting, case = meetings.meeting(), made.a_case()
    by = {"by": case.opened_by, "at": asked.DAY_28_OVER}
    seen = [owed_publicly()]
    request = asked.received(case)
    seen.append(owed_publicly())
    request = formal.note_silence(request=request, version=request.version, **by)
    seen.append(owed_publicly())
    told = {"on": date(2027, 1, 20), "text": "No reply came.", "meeting": meeting}
    request = formal_meeting.submit(request=request, version=request.version, **told, **by)
    seen += [owed_publicly(), owed_publicly(on=date(2026, 12, 20))]
    assert (seen, CirculatedClarification.objects.count()) == ([([], 0)] * 5, 0)

    for day in (date(2027, 1, 26), date(2027, 1, 25)):  # the day is put right
        request = formal_meeting.note_circulated(request=request, on=day, version=request.version, **by)
    why = "Reply due on 7 January 2027: 28 days after the request was received, on 10 December 2026 (Article 8(2))."
    assert owed_publicly() == ([(date(2027, 1, 7), "lapsed", why)], 2)
    assert owed_publicly(on=date(2027, 1, 24))[0] == []
    known = CirculatedClarification.objects.get()
    assert (known.state.iso3, known.replied_on, known.circulated_on) == ("PER", None, date(2027, 1, 25))
    assert [one for one in overdue(on=date(2027, 9, 1)) if one.kind == "clarification"] == []


def test_pages_tell_of_a_reply_that_came_without_its_words_and_draw_anew_once_it_was_circulated(client):
    case, meeting = made.a_case(facts="CANARY-K7 facts"), meetings.meeting()
    by = {"by": case.opened_by, "at": asked.AT}
    request = asked.received(case, on=date(2026, 9, 10), lodged_on=date(2026, 9, 1), text="CANARY-K7 asked")
    reply = {"text": "CANARY-K7 a quarry.", "on": date(2026, 9, 20), "through_un_on": None}
    request = formal.note_reply(request=request, **reply, version=request.version, **by)
    request = formal.judge_reply(request=request, satisfies=False, version=request.version, **by)
    told = {"on": date(2026, 10, 1), "text": "CANARY-K7 submitted", "meeting": meeting}
    request = formal_meeting.submit(request=request, version=request.version, **told, **by)
    before = client.get("/obligations/peru/")
    formal_meeting.note_circulated(request=request, on=date(2026, 10, 5), version=request.version, **by)
    after = client.get("/obligations/peru/", headers={"If-None-Match": before["ETag"]})
    line = client.get("/files/obligations.csv?state=peru&kind=clarification&standing=all").content.decode()

    title = "Reply to a request for clarification"
    assert [title in page.content.decode() for page in (before, after)] == [False, True]
    assert ("8(2),2026-09-10,2026-10-08,,,,2026-10-08,fulfilled" in line, "CANARY" in line) == (True, False)
    assert [secret in after.content.decode() for secret in ("CANARY", "Stamp of the mission", str(case.pk))] == [
        False
    ] * 3
