"""The queue is a doorbell: whatever happens to it, what is owed leaves once."""

import json
import os
import pickle
from collections import Counter
from datetime import timedelta
from email import message_from_string
from pathlib import Path

import pytest
from django.db import transaction

from ccm_portal.core import clock, doorbell, emails, outbox, register, sweeper
from ccm_portal.core.enums import MessageStatus
from ccm_portal.core.models import OutgoingMessage

pytestmark = pytest.mark.queue


@pytest.fixture
def an_act(transactional_db):
    """The register's head has something to tell."""
    with transaction.atomic():
        register.append(action="core.test.act", by=None, at=clock.now())


def owe(count, *, first=0):
    """So many messages, each owed in a transaction of its own."""
    at = clock.now()
    for number in range(first, first + count):
        with transaction.atomic():
            outbox.owe(kind=emails.HEAD, key=f"test:{number}", to=f"reader{number}@example.org", at=at)


def statuses():
    return Counter(OutgoingMessage.objects.values_list("status", flat=True))


def all_settled():
    return not OutgoingMessage.objects.filter(status__in=[MessageStatus.OWED, MessageStatus.CLAIMED]).exists()


def recipients(queue):
    return sorted(message_from_string(text)["To"] for text in queue.mails())


def test_an_owed_message_leaves_by_itself(an_act, queue):
    queue.start_worker()
    owe(1)
    queue.until(all_settled)
    assert recipients(queue) == ["reader0@example.org"]
    assert statuses() == {MessageStatus.SENT: 1}


def test_a_message_rung_twenty_times_leaves_once(an_act, queue):
    owe(1)
    pk = OutgoingMessage.objects.get().pk
    for _ in range(20):
        doorbell.ring_now(outbox.DELIVER, pk)
    queue.start_worker()
    queue.start_worker()
    queue.until(all_settled)
    owe(1, first=1)  # when this one has left, the twenty before it have been heard
    queue.until(lambda: all_settled() and len(queue.mails()) == 2)
    assert recipients(queue) == ["reader0@example.org", "reader1@example.org"]


def test_nothing_leaves_of_what_was_rolled_back(an_act, queue):
    queue.start_worker()
    with pytest.raises(RuntimeError), transaction.atomic():
        outbox.owe(kind=emails.HEAD, key="never", to="never@example.org", at=clock.now())
        raise RuntimeError
    owe(1)
    queue.until(lambda: len(queue.mails()) == 1 and all_settled())
    assert recipients(queue) == ["reader0@example.org"]


def test_when_the_queue_is_lost_the_sweeper_finds_everything(an_act, queue):
    owe(25)
    queue.app.control.purge()
    queue.start_worker()
    sweeper.sweep_all(at=clock.now() + timedelta(minutes=1))
    queue.until(all_settled, seconds=40)
    assert recipients(queue) == sorted(f"reader{number}@example.org" for number in range(25))


def test_a_worker_killed_amid_its_work_sends_nothing_twice_and_loses_nothing(an_act, queue):
    owe(60)
    first = queue.start_worker()
    queue.until(lambda: len(queue.mails()) >= 5)
    queue.kill(first)
    queue.start_worker()
    later = clock.now() + timedelta(minutes=1)
    sweeper.sweep_all(at=later)
    queue.until(lambda: not OutgoingMessage.objects.filter(status=MessageStatus.OWED).exists(), seconds=40)
    queue.until(lambda: OutgoingMessage.objects.filter(status=MessageStatus.CLAIMED).count() <= 2)

    sweeper.sweep_all(at=later + timedelta(minutes=20))  # what was being sent at the kill goes to the office's eyes
    told = statuses()
    assert set(told) <= {MessageStatus.SENT, MessageStatus.UNCLEAR}
    assert told.total() == 60
    assert told[MessageStatus.UNCLEAR] <= 2
    sent = recipients(queue)
    assert len(sent) == len(set(sent)) >= told[MessageStatus.SENT]


def test_a_message_in_the_queue_holds_a_name_and_an_id_as_json(an_act, queue):
    owe(1)
    pk = OutgoingMessage.objects.get().pk
    with queue.app.connection_for_read() as connection, connection.SimpleQueue("celery") as celery_queue:
        message = celery_queue.get(timeout=5)
        message.ack()
    assert message.content_type == "application/json"
    assert message.headers["task"] == outbox.DELIVER
    args, kwargs, _embed = json.loads(message.body)
    assert (args, kwargs) == ([], {"pk": pk})


class Bomb:
    """What a pickle could do if it were opened."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


def test_a_pickle_is_refused_and_the_worker_goes_on(an_act, queue, tmp_path):
    with queue.app.connection_for_write() as connection, connection.Producer() as producer:
        producer.publish(
            pickle.dumps(Bomb(tmp_path / "exploded")),
            routing_key="celery",
            content_type="application/x-python-serialize",
            content_encoding="binary",
            headers={"task": outbox.DELIVER, "id": "bomb"},
        )
    queue.start_worker()
    owe(1)
    queue.until(lambda: all_settled() and "Refusing to deserialize" in queue.log())
    assert recipients(queue) == ["reader0@example.org"]
    assert not (tmp_path / "exploded").exists()
