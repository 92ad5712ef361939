"""The machinery of every workflow: who may, from where, to where, and the record of it."""

import json
from datetime import UTC, datetime

import pytest
import rules
from django.db import transaction

from ccm_portal.core.models import OutgoingMessage, RegisterEntry
from ccm_portal.core.workflow import Transition, TransitionRefused, available, locked
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

AT = datetime(2027, 4, 1, 12, tzinfo=UTC)
PERM = "core.test_withdraw"
WITHDRAW = Transition(
    name="withdraw", label="Withdraw", sources=frozenset({"owed", "claimed"}), target="withdrawn", perm=PERM
)
RESEND = Transition(name="resend", label="Send again", sources=frozenset({"failed"}), target="owed", perm=PERM)


@pytest.fixture
def message():
    return OutgoingMessage.objects.create(key="a", kind="test", address="reader@example.org", owed_at=AT, not_before=AT)


@pytest.fixture
def someone():
    """The one person who may."""
    user = UserFactory(name="Someone")
    rules.add_perm(PERM, rules.predicate(lambda person, obj: person == user, name="is_someone"))
    yield user
    rules.remove_perm(PERM)


def test_a_move_changes_the_status_and_saves_what_was_set_beside_it(message):
    message.last_error = "no longer needed"
    WITHDRAW.apply(message)
    message.refresh_from_db()
    assert (message.status, message.last_error) == ("withdrawn", "no longer needed")


def test_a_move_from_elsewhere_is_refused_in_words_and_changes_nothing(message):
    with pytest.raises(TransitionRefused) as refused:
        RESEND.apply(message)
    assert str(refused.value) == "“Send again” is not possible while the status is “Owed”."
    assert message.status == "owed"
    message.refresh_from_db()
    assert message.status == "owed"


def test_the_same_move_twice_is_refused(message):
    WITHDRAW.apply(message)
    with pytest.raises(TransitionRefused):
        WITHDRAW.apply(message)


def test_an_act_is_recorded_with_who_when_and_what(message, someone):
    with transaction.atomic():
        WITHDRAW.apply(message)
        head = WITHDRAW.record(message, by=someone, at=AT, content_hash="c" * 64, data={"why": "a test"})

    entry = RegisterEntry.objects.get()
    told = json.loads(entry.payload)
    assert (head.number, head.hash) == (entry.number, entry.hash) == (1, entry.hash)
    assert told == {
        "action": "core.outgoingmessage.withdraw",
        "actor": someone.pk,
        "at": "2027-04-01T12:00:00.000000+00:00",
        "chain": "main",
        "content_hash": "c" * 64,
        "data": {"to": "withdrawn", "why": "a test"},
        "object": ["core.OutgoingMessage", str(message.pk)],
        "state": None,
    }


def test_only_moves_that_are_possible_and_allowed_are_offered(message, someone):
    moves = (WITHDRAW, RESEND)
    assert available(moves, message, someone) == [WITHDRAW]
    assert available(moves, message, UserFactory()) == []
    assert available(moves, message, UserFactory(is_superuser=True)) == []
    WITHDRAW.apply(message)
    assert available(moves, message, someone) == []


def test_a_locked_object_is_a_fresh_copy(message):
    OutgoingMessage.objects.filter(pk=message.pk).update(status="sent", settled_at=AT)
    with transaction.atomic():
        fresh = locked(message)
    assert (fresh.status, message.status) == ("sent", "owed")
