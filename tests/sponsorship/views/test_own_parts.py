"""A nominated person's own link: it opens their part and nothing else, and gives back nothing that is sealed."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from ccm_portal.core import clock, outbox
from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage
from sponsorship.domain import personal_links
from sponsorship.enums import SealedKind
from sponsorship.models import BankChange, PersonalLink
from sponsorship.personal_links import token_of
from tests.factories import person, state
from tests.meetings.factories import meeting
from tests.sponsorship import sealed
from tests.sponsorship.factories import a_round, an_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def nominee():
    return an_application(a_round(meeting()), state("LAO")).nominees.get()


@pytest.fixture
def drafter():
    return person(Role.DRAFTER, "LAO")


@pytest.fixture
def client():
    """A browser that sends no token against forgery and, as the page asks, names no origin."""
    return Client(enforce_csrf_checks=True, headers={"origin": "null"})


def make(nominee, drafter, at=None):
    return personal_links.make(nominee=nominee, language="fr", by=drafter, at=at or clock.now())


def test_the_mail_leads_to_the_page_and_no_row_holds_token_or_address(nominee, drafter, client):
    link = make(nominee, drafter)
    message = OutgoingMessage.objects.get()
    outbox.deliver(pk=message.pk, at=clock.now())
    sent = mail.outbox[0]
    here = next(word for word in sent.body.split() if "/own-part/" in word)
    row = str(OutgoingMessage.objects.values().get()) + str(PersonalLink.objects.values().get())

    assert sent.to == [nominee.email]
    assert (token_of(link) in row, nominee.email in row) == (False, False)
    assert "/fr/own-part/" in here
    answer = client.get(here[here.index("/fr/") :])
    assert answer.status_code == 200
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("no-referrer", "private, no-store")
    assert not answer.cookies


def test_a_new_link_ends_the_one_before_and_so_do_time_and_withdrawal(nominee, drafter, client):
    first = token_of(make(nominee, drafter, at=clock.now() - timedelta(minutes=1)))
    second = make(nominee, drafter)
    here = f"/own-part/{token_of(second)}/"
    opened = [client.get(f"/own-part/{first}/").status_code, client.get(here).status_code]
    PersonalLink.objects.update(ends_at=clock.now())
    opened.append(client.get(here).status_code)
    PersonalLink.objects.update(ends_at=clock.now() + timedelta(days=1))
    nominee.status = "withdrawn"
    nominee.save()
    opened.append(client.get(here).status_code)

    assert opened == [404, 200, 404, 404]


def test_a_person_fills_in_their_own_part_and_sees_nothing_sealed_again(nominee, drafter, client):
    here = f"/own-part/{token_of(make(nominee, drafter))}/"
    about = {"function": "Engineer", "languages": ["fr"], "gender": "woman", "needs": "yes", "version": nominee.version}
    assert client.post(f"{here}about/", about).status_code == 302
    assert client.post(f"{here}about/", about | {"function": "Other"}).status_code == 422
    for kind, values in sealed.VALUES.items():
        assert client.post(f"{here}{kind}/", values | {"version": 0}).status_code == 302
    changed = sealed.OTHER_BANK | {"version": 1, "reason": "A new bank"}
    assert client.post(f"{here}bank/", changed).status_code == 302
    pages = "".join(client.get(f"{here}{part}").content.decode() for part in ("", "about/", *map(slashed, SealedKind)))

    nominee.refresh_from_db()
    told = (nominee.function, nominee.languages, nominee.gender, nominee.has_access_needs)
    assert told == ("Engineer", ["fr"], "woman", True)
    assert {one.kind for one in nominee.sealed_records.all()} == set(SealedKind)
    assert BankChange.objects.get().proposed_by is None
    assert not [
        value for values in sealed.VALUES.values() for value in values.values() if len(value) > 3 and value in pages
    ]


def slashed(kind):
    return f"{kind}/"


def test_too_many_tries_are_told_to_wait(nominee, drafter, client):
    here = f"/own-part/{token_of(make(nominee, drafter))}/about/"

    assert [client.post(here, {}, REMOTE_ADDR="192.0.2.9").status_code for _ in range(31)][-2:] == [422, 429]


def test_what_a_mail_server_says_of_a_person_is_not_kept_for_the_office_to_read(nominee, drafter):
    make(nominee, drafter)
    message = OutgoingMessage.objects.get()

    assert outbox.told_of(message, f"550 no such user {nominee.email}") == ""
