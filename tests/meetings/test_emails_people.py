"""Who hears of requests to be invited, and what a mail does not say."""

from datetime import UTC, datetime

import pytest

from ccm_portal.core import outbox
from ccm_portal.core.enums import Role
from ccm_portal.core.models import Membership, Organisation, OutgoingMessage
from meetings import workflow_people as workflow
from meetings.domain import delegations
from tests import factories
from tests.meetings import factories as made

pytestmark = pytest.mark.django_db

AT = datetime(2027, 7, 1, 9, tzinfo=UTC)
PRIVATE = "CANARY-M1 why"


@pytest.fixture
def observer():
    return factories.person(Role.OBSERVER, "eu")


@pytest.fixture
def asked(observer):
    return delegations.ask(
        meeting=made.meeting(), organisation=Organisation.objects.get(key="eu"), purpose=PRIVATE, by=observer, at=AT
    )


def delivered(mailoutbox):
    for message in OutgoingMessage.objects.order_by("pk"):
        outbox.deliver(pk=message.pk, at=AT)
    return [(mail.to, mail.subject) for mail in mailoutbox]


def decided(asked, arrow):
    iso = factories.person(Role.ISO_STAFF, "iso")
    delegations.move(delegation=asked, arrow=arrow, version=1, by=iso, at=AT, note=PRIVATE)


def test_the_iso_hears_that_somebody_asks(asked, settings, mailoutbox):
    assert delivered(mailoutbox) == [([settings.ISO_MAILBOX], "An organisation asks to be invited: 14MSP")]
    assert "/meetings/14msp/desk/delegations/" in mailoutbox[0].body


@pytest.mark.parametrize(
    "arrow, subject",
    [
        (workflow.INVITE, "You are invited provisionally: 14MSP"),
        (workflow.DECLINE, "Your request to be invited: 14MSP"),
    ],
)
def test_its_observers_hear_how_it_was_decided_and_the_iso_no_longer_that_it_waits(
    asked, observer, mailoutbox, arrow, subject
):
    decided(asked, arrow)
    assert delivered(mailoutbox) == [([observer.email], subject)]
    assert "/my/meetings/14msp/delegation/?for=eu" in mailoutbox[0].body


def test_whoever_no_longer_acts_for_the_organisation_hears_nothing(asked, observer, mailoutbox):
    decided(asked, workflow.INVITE)
    Membership.objects.filter(user=observer).update(ends=AT.date())
    assert delivered(mailoutbox) == []


def test_no_mail_carries_what_was_said(asked, mailoutbox):
    outbox.deliver(pk=OutgoingMessage.objects.get().pk, at=AT)
    decided(asked, workflow.DECLINE)
    delivered(mailoutbox)
    assert len(mailoutbox) == 2
    assert [mail for mail in mailoutbox if "CANARY" in mail.subject + mail.body] == []
