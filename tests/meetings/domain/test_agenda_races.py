"""Two people at one agenda, at the same instant. Each is first shown to go wrong with its guard off."""

import threading
from collections import Counter

import pytest
from django.db import connection

from meetings.domain import agenda_publishing, outline, outline_edits
from meetings.domain.outline_edits import Seen
from meetings.models import Agenda, AgendaRevision, AgendaStep, Meeting
from tests.meetings.factories import A_MOMENT, item, meeting

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(count, act):
    """Run ``act(n)`` in ``count`` threads that start together; what each came to."""
    outcomes, barrier = [], threading.Barrier(count)

    def run(number):
        try:
            connection.ensure_connection()
            barrier.wait()
            outcomes.append(type(act(number)).__name__)
        except Exception as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(outcomes)


def without_lock(monkeypatch, module):
    """The guard off: a fresh copy, read without waiting for whoever holds the row."""
    monkeypatch.setattr(module, "locked", lambda agenda: Agenda.objects.get(pk=agenda.pk))


def eight_edits():
    of = meeting()
    code = item(of, "One").code
    version = Agenda.objects.get().version

    def edit(number):
        seen = Seen(Meeting.objects.get(pk=of.pk), version, None, A_MOMENT)
        return outline_edits.edit(seen, code=code, fields={"minutes": 100 + number})

    return at_once(8, edit)


def eight_publications():
    of = meeting()
    item(of, "One")
    version = Agenda.objects.get().version

    def publish(number):
        one = Meeting.objects.get(pk=of.pk)
        return agenda_publishing.publish(meeting=one, version=version, by=None, at=A_MOMENT)

    return at_once(8, publish)


def test_of_eight_edits_of_one_version_one_is_written_and_seven_are_told():
    assert eight_edits() == {"Agenda": 1, "AgendaChanged": 7}
    assert AgendaStep.objects.count() == 1


def test_the_lock_is_what_tells_them(monkeypatch):
    without_lock(monkeypatch, outline)

    assert eight_edits() != {"Agenda": 1, "AgendaChanged": 7}


def test_of_eight_publications_one_is_made_and_seven_find_nothing_to_publish():
    assert eight_publications() == {"AgendaRevision": 1, "AgendaRefused": 7}
    assert AgendaRevision.objects.count() == 1


def test_the_lock_is_what_keeps_revisions_apart(monkeypatch):
    without_lock(monkeypatch, agenda_publishing)

    assert eight_publications() != {"AgendaRevision": 1, "AgendaRefused": 7}
