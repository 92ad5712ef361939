"""What an account's owner is offered at the door, and what others are told about the account."""

import pytest

from ccm_portal.core import clock, emails, outbox
from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage
from tests.core.signing_in import LOGIN
from tests.factories import person, state
from tests.support import sign_in

pytestmark = pytest.mark.django_db


def test_who_forgot_the_password_finds_the_way_before_and_after_a_wrong_one(client):
    user = person(Role.DRAFTER, "LAO")
    way = '<a href="/account/password/reset/">Forgot your password?</a>'

    assert way in client.get(LOGIN).content.decode()
    wrong = client.post(LOGIN, {"login": user.email, "password": "not this one"})
    assert (wrong.status_code, way in wrong.content.decode()) == (200, True)


def test_the_head_of_delegation_is_told_whose_second_factor_is_new(mailoutbox):
    head, newcomer = person(Role.HEAD_OF_DELEGATION, "LAO"), person(Role.DRAFTER, "LAO")
    emails.account_notice(user=newcomer, what=emails.FACTOR_ADDED, at=clock.now())

    notice = OutgoingMessage.objects.get(kind=emails.COLLEAGUE_NOTICE)
    assert (notice.user, outbox.deliver(pk=notice.pk, at=clock.now())) == (head, "sent")
    assert f"{newcomer.name} ({newcomer.email}), who acts for {state('LAO').name}, set up" in mailoutbox[0].body


def test_the_office_reads_in_words_what_a_message_is_and_that_it_failed(client):
    assert [name for name, kind in outbox.kinds().items() if not kind.label] == []
    emails.password_reset(address="who@example.org", language="en", at=clock.now())
    OutgoingMessage.objects.update(last_error="TimeoutError: timed out")

    page = sign_in(client, person(Role.ISO_STAFF, "iso")).get("/office/messages/").content.decode()
    assert "Link to a new password" in page and emails.PASSWORD_RESET not in page
    assert "The last attempt did not work." in page
    assert page.index("<details><summary>") < page.index("TimeoutError: timed out")
