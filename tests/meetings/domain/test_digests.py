"""Followers are told once a day, and only if there is something new."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from ccm_portal.core import outbox
from ccm_portal.core.domain import documents
from ccm_portal.core.models import Follow, OutgoingMessage
from meetings.domain import digests, following
from meetings.enums import MeetingStatus
from tests.committees.factories import body
from tests.factories import person
from tests.meetings.factories import meeting
from tests.papers import entered, office, text
from tests.support import sign_in

pytestmark = pytest.mark.django_db

DAY = datetime(2027, 3, 1, 9, tzinfo=UTC)
NEXT = datetime(2027, 3, 2, 5, 30, tzinfo=UTC)


@pytest.fixture
def msp():
    return meeting()


def follower(*topics, language="en", at=DAY):
    user = person()
    user.language = language
    user.save()
    for topic in topics:
        following.follow(user=user, topic=topic, at=at)
    return user


def paper(of, symbol, *languages, at, stage="final", **fields):
    made = entered(symbol, **fields)
    of.papers.create(document=made)
    for language in languages:
        text(made, language, at=at, publish=True, stage=stage)
    return made


def morning(at=NEXT):
    """The sweep, and the mails that leave by it."""
    mail.outbox.clear()
    digests.sweep(at=at)
    for message in OutgoingMessage.objects.filter(status="owed").order_by("pk"):
        outbox.deliver(pk=message.pk, at=at)
    return [(one.to[0], one.subject) for one in mail.outbox]


def test_ten_texts_on_one_day_are_one_mail_the_next_morning(msp):
    user = follower("meeting:14msp")
    for number in range(1, 6):
        paper(msp, f"CCM/MSP/2027/{number}", "en", "fr", at=DAY + timedelta(hours=number))
    assert morning(DAY + timedelta(hours=10)) == []
    assert morning() == [(user.email, "5 new papers")]
    assert morning() == []
    assert morning(NEXT + timedelta(hours=8)) == []
    assert morning(NEXT + timedelta(days=1)) == []


def test_the_mail_says_which_languages_are_new_and_which_are_advance_copies(msp):
    follower("meeting:14msp")
    one = paper(msp, "CCM/MSP/2027/2", "en", at=DAY + timedelta(hours=1), stage="advance")
    morning()
    assert "CCM/MSP/2027/2  Provisional agenda\nEnglish (Advance copy)\n" in mail.outbox[0].body
    text(one, "fr", at=NEXT + timedelta(hours=1), publish=True)
    assert len(morning(NEXT + timedelta(days=1))) == 1
    assert "Provisional agenda\nFrench\n" in mail.outbox[0].body
    assert "/my/following/" in mail.outbox[0].body


def test_whoever_begins_to_follow_hears_nothing_of_what_was_there_before(msp):
    paper(msp, "CCM/MSP/2027/2", "en", at=DAY - timedelta(days=3))
    follower("meeting:14msp")
    assert morning() == []


def test_what_comes_out_after_the_mail_left_is_told_the_next_day_and_nothing_is_lost(msp):
    user = follower("meeting:14msp")
    paper(msp, "CCM/MSP/2027/1", "en", at=DAY + timedelta(hours=1))
    assert morning() == [(user.email, "1 new paper")]
    paper(msp, "CCM/MSP/2027/2", "en", at=NEXT - timedelta(minutes=1))  # being written while the mail left
    assert morning(NEXT + timedelta(days=1)) == [(user.email, "1 new paper")]
    assert "CCM/MSP/2027/2" in mail.outbox[0].body
    assert "CCM/MSP/2027/1 " not in mail.outbox[0].body


def test_a_queue_that_slept_for_days_sends_one_mail_with_everything(msp):
    user = follower("meeting:14msp")
    paper(msp, "CCM/MSP/2027/1", "en", at=DAY + timedelta(hours=1))
    digests.sweep(at=NEXT)
    paper(msp, "CCM/MSP/2027/2", "en", at=NEXT + timedelta(hours=1))
    mail.outbox.clear()
    later = NEXT + timedelta(days=2)
    assert morning(later) == [(user.email, "2 new papers")]
    assert OutgoingMessage.objects.filter(status="withdrawn").count() <= 1


def test_what_was_taken_back_or_no_longer_followed_before_the_mail_left_is_not_told(msp):
    stopped, told = follower("meeting:14msp"), follower("meeting:14msp")
    one = paper(msp, "CCM/MSP/2027/1", "en", at=DAY + timedelta(hours=1))
    digests.sweep(at=NEXT)
    following.stop(user=stopped)
    one.refresh_from_db()
    documents.take_back(document=one, note="Wrong.", version=one.version, by=office(), at=NEXT)
    assert morning() == []
    assert set(OutgoingMessage.objects.values_list("status", flat=True)) == {"withdrawn"}
    assert Follow.objects.get().user == told


def test_a_paper_in_two_things_one_follows_is_told_once(msp):
    msp.convened_by.add(body("clearance"))
    user = follower("meeting:14msp", "body:clearance")
    paper(msp, "CCM/MSP/2027/1", "en", at=DAY + timedelta(hours=1))
    assert morning() == [(user.email, "1 new paper")]
    assert mail.outbox[0].body.count("/papers/CCM/MSP/2027/1/") == 1


def test_each_reads_it_in_their_language_with_the_title_of_that_language(msp):
    follower("meeting:14msp", language="fr")
    made = entered("CCM/MSP/2027/1")
    msp.papers.create(document=made)
    text(made, "fr", title="Ordre du jour provisoire", at=DAY + timedelta(hours=1), publish=True)
    morning()
    assert "Ordre du jour provisoire" in mail.outbox[0].body
    assert "/fr/papers/CCM/MSP/2027/1/" in mail.outbox[0].body


def test_nothing_that_is_not_public_is_ever_told(msp):
    follower("meeting:14msp")
    made = entered("CCM/MSP/2027/1", title="CANARY")
    msp.papers.create(document=made)
    text(made, "en", at=DAY + timedelta(hours=1))
    assert morning() == []
    text(made, "fr", at=DAY + timedelta(hours=2), publish=True)
    msp.status = MeetingStatus.DRAFT
    msp.save()
    assert morning() == []


def test_only_what_everybody_may_know_of_can_be_followed(msp):
    meeting("15msp", ordinal=15, year=2028, status=MeetingStatus.DRAFT)
    user = person()
    for topic in ("meeting:15msp", "meeting:none", "anything", "", "state:norway", "meeting:\x00"):
        with pytest.raises(following.FollowRefused):
            following.follow(user=user, topic=topic, at=DAY)
    assert not Follow.objects.exists()


def test_it_is_begun_and_stopped_with_one_click_each(msp):
    user = person()
    client = sign_in(Client(), user)
    page = client.get("/my/following/?topic=meeting:14msp").content.decode()
    assert "Fourteenth Meeting of States Parties" in page
    client.post("/my/following/", {"do": "follow", "topic": "meeting:14msp"})
    client.post("/my/following/", {"do": "follow", "topic": "meeting:14msp"})
    assert [row.topic for row in Follow.objects.filter(user=user)] == ["meeting:14msp"]
    other = follower("meeting:14msp")
    client.post("/my/following/", {"do": "stop", "topic": "meeting:14msp"})
    assert [row.user for row in Follow.objects.all()] == [other]
    client.post("/my/following/", {"do": "follow", "topic": "meeting:secret"})
    assert "There is nothing of this name to follow." in client.get("/my/following/").content.decode()
