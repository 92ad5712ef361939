"""What somebody is to do by a day: whose it is, done, open again, on the desk and in the mail."""

from datetime import date, datetime, timedelta

import pytest

from ccm_portal.core import outbox, work_items
from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage, RegisterEntry
from committees.domain import follow_up_mail, follow_ups
from committees.domain.owners import Owner
from committees.domain.said import WorkChanged, WorkRefused
from committees.models import Term, TermPerson, WorkspacePlace
from tests.committees import factories, work
from tests.factories import person

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-11-24T12:00:00+00:00")


@pytest.fixture
def leader():
    return factories.leader("clearance", "LAO")


def on_the_desk(user, on=TODAY):
    again = type(user).objects.get(pk=user.pk)
    return [
        (item.label, item.due, item.detail)
        for item in work_items.work_items_for(again, on=on)
        if "/follow-up/" in item.url
    ]


def owed():
    return sorted(OutgoingMessage.objects.filter(kind__contains="follow_up").values_list("key", flat=True))


def test_what_is_overdue_reaches_its_owners_desk(leader):
    work.follow_up(leader, Owner(account=leader), due=date(2026, 11, 23))
    work.follow_up(leader, Owner(account=leader), what="Write", due=TODAY)
    work.follow_up(leader, Owner(name="A ministry"), what="Theirs", due=TODAY)

    assert on_the_desk(leader) == [("Call again", date(2026, 11, 23), "Overdue"), ("Write", TODAY, "")]
    assert on_the_desk(factories.partner("clearance")) == []


def test_what_is_a_terms_reaches_every_person_under_it(leader):
    term = Term.objects.get()
    second = person(Role.COMMITTEE_LEADER, "LAO")
    TermPerson.objects.create(term=term, user=second, name=second.name, starts=factories.A_DAY)
    former = person(Role.COMMITTEE_LEADER, "LAO")
    TermPerson.objects.create(term=term, user=former, name="Former", starts=factories.A_DAY, ends=TODAY)
    work.follow_up(leader, Owner(term=term), due=TODAY)

    assert [len(on_the_desk(user)) for user in (leader, second, former)] == [1, 1, 0]


def test_whoever_no_longer_works_there_finds_nothing_of_it_on_their_desk(leader):
    partner = factories.partner("clearance")
    work.follow_up(leader, Owner(account=partner), due=TODAY)
    before = len(on_the_desk(partner))
    WorkspacePlace.objects.all().delete()

    assert (before, on_the_desk(partner)) == (1, [])


def test_it_is_somebodys_who_works_there(leader):
    stranger = person(Role.DRAFTER, "LAO")
    elsewhere = factories.term("victim-assistance", "HRV")

    with pytest.raises(WorkRefused, match="does not work in this body"):
        work.follow_up(leader, Owner(account=stranger))
    with pytest.raises(WorkRefused, match="This term is another body’s|This term is another body's"):
        work.follow_up(leader, Owner(term=elsewhere))
    with pytest.raises(WorkRefused, match="Say whose it is"):
        work.follow_up(leader, Owner(name="  "))


def test_it_is_done_with_what_came_of_it_and_opened_again(leader):
    row = work.follow_up(leader, Owner(account=leader), due=TODAY)
    row = follow_ups.finish(follow_up=row, outcome="They agreed.", version=1, by=leader, at=work.AT)
    done = (row.done_on, row.done_by, row.outcome, on_the_desk(leader))
    row = follow_ups.reopen(follow_up=row, version=2, by=leader, at=work.AT)

    assert done == (TODAY, leader, "They agreed.", [])
    assert (row.done_on, row.done_by, row.version, len(on_the_desk(leader))) == (None, None, 3, 1)


def test_what_was_changed_meanwhile_is_not_written_over(leader):
    row = work.follow_up(leader, Owner(account=leader), due=TODAY)
    follow_ups.finish(follow_up=row, outcome="", version=1, by=leader, at=work.AT)

    with pytest.raises(WorkChanged):
        follow_ups.edit_follow_up(
            follow_up=row, what="x", owner=Owner(account=leader), due=None, version=1, by=leader, at=work.AT
        )


def test_a_day_that_is_moved_stands_in_the_register_with_the_one_before(leader):
    row = work.follow_up(leader, Owner(account=leader), due=TODAY)
    follow_ups.edit_follow_up(
        follow_up=row,
        what="Call again",
        owner=Owner(account=leader),
        due=TODAY + timedelta(days=7),
        version=1,
        by=leader,
        at=work.AT,
    )

    payload = RegisterEntry.objects.latest("number").payload
    assert '"due":"2026-12-01","due_before":"2026-11-24"' in payload.replace(": ", ":").replace(", ", ",")
    assert "Call" not in payload


def test_the_owner_is_told_once_on_the_day_and_once_when_it_is_overdue(leader):
    row = work.follow_up(leader, Owner(account=leader), due=TODAY)
    days = [work.AT - timedelta(days=1), work.AT, work.AT, work.AT + timedelta(days=1), work.AT + timedelta(days=9)]
    new = [follow_up_mail.remind(at=at) for at in days]

    assert new == [0, 1, 0, 1, 0]
    assert owed() == [
        f"committees.follow_up_due:{row.pk}:2026-11-24:{leader.pk}",
        f"committees.follow_up_overdue:{row.pk}:2026-11-24:{leader.pk}",
    ]


def test_after_an_outage_only_what_is_true_now_is_said(leader):
    work.follow_up(leader, Owner(account=leader), due=TODAY)
    follow_up_mail.remind(at=work.AT + timedelta(days=5))

    assert [key.split(":")[0] for key in owed()] == ["committees.follow_up_overdue"]


def test_the_mail_leads_to_it_and_says_nothing_of_it(leader, mailoutbox):
    row = work.follow_up(leader, Owner(account=leader), due=TODAY, what="Press the minister")
    follow_up_mail.remind(at=work.AT)
    outbox.deliver(pk=OutgoingMessage.objects.get(kind="committees.follow_up_due").pk, at=work.AT)

    mail = mailoutbox[0]
    assert mail.to == [leader.email]
    assert mail.subject == "Something of yours falls due today: Clearance"
    assert "minister" not in mail.subject + mail.body
    assert f"/committees/clearance/workspace/follow-up/{row.pk}/" in mail.body


def test_a_mail_is_withdrawn_once_it_is_done(leader):
    row = work.follow_up(leader, Owner(account=leader), due=TODAY)
    follow_up_mail.remind(at=work.AT)
    follow_ups.finish(follow_up=row, outcome="", version=1, by=leader, at=work.AT)

    message = OutgoingMessage.objects.get(kind="committees.follow_up_due")
    assert outbox.deliver(pk=message.pk, at=work.AT) == "withdrawn"


def test_mail_costs_the_same_for_one_and_for_many(leader, django_assert_num_queries):
    term = Term.objects.get()
    work.follow_up(leader, Owner(term=term), due=TODAY)
    follow_up_mail.remind(at=work.AT)
    for what in ("One", "Two"):
        work.follow_up(leader, Owner(term=term), what=what, due=TODAY)

    follow_up_mail.remind(at=work.AT)
    with django_assert_num_queries(3):
        follow_up_mail.remind(at=datetime(2026, 11, 24, 13, tzinfo=work.AT.tzinfo))
