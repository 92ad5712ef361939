"""A drafter asks the approvers to file: once for the draft as it stands."""

import pytest

from ccm_portal.core import clock, outbox
from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage, RegisterEntry
from ccm_portal.core.work_items import work_items_for
from reporting.domain import asking
from reporting.models import FilingAsked
from tests.reporting.support import complete, file, person, start, write

pytestmark = pytest.mark.django_db

NOW = clock.now()


@pytest.fixture
def report(by):
    return complete(start(by), by=by)


def ask(report, by):
    return asking.ask_to_file(report=report, by=by, at=NOW)


def asked_to() -> list[str]:
    owed = OutgoingMessage.objects.filter(kind="reporting.approval_asked").order_by("user__name", "pk")
    return [message.user.name for message in owed]


def delivered() -> list[str]:
    return [outbox.deliver(pk=message.pk, at=NOW) for message in OutgoingMessage.objects.order_by("pk")]


def test_every_approver_of_the_state_gets_one_mail_and_a_line_on_the_desk(by, report, mailoutbox):
    approver, head = person(), person(Role.HEAD_OF_DELEGATION)
    person(Role.APPROVER, "BGR")
    ask(report, by)
    ask(report, by)

    assert sorted(asked_to()) == sorted([approver.name, head.name])
    assert delivered() == ["sent", "sent"]
    assert "/my/lao-pdr/reports/2025/file/" in mailoutbox[0].body
    item = next(item for item in work_items_for(approver, on=NOW.date()) if item.label.startswith("Check and file"))
    assert item.detail == f"{by.name} asks you to file it"
    assert RegisterEntry.objects.filter(action="reporting.report.ask_to_file").count() == 1


def test_the_mail_of_a_draft_that_was_changed_meanwhile_does_not_leave_and_one_can_ask_again(by, report):
    person()
    ask(report, by)
    write(report, "stockpiles", {"programme.status": "Begun"}, by=by)

    assert delivered() == ["withdrawn"]
    assert asking.asked_of(report) is None
    ask(report, by)
    assert len(asked_to()) == 2


def test_the_mail_of_a_report_that_is_filed_meanwhile_does_not_leave(by, report):
    approver = person()
    ask(report, by)
    file(report, by=approver)

    message = OutgoingMessage.objects.get(kind="reporting.approval_asked")
    assert outbox.deliver(pk=message.pk, at=NOW) == "withdrawn"
    assert not FilingAsked.objects.exists()
    with pytest.raises(asking.AskRefused):
        ask(report, by)


def test_nobody_is_asked_while_something_stops_the_filing(by):
    person()
    with pytest.raises(asking.AskRefused):
        ask(start(by, year=2024), by)
    assert asked_to() == []


def test_where_nobody_can_file_that_is_said(by, report):
    with pytest.raises(asking.AskRefused):
        ask(report, by)
    assert not FilingAsked.objects.exists()
