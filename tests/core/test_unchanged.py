"""A reader who holds a public page is told so at once; nobody else is."""

import pytest
from django.db import transaction
from django.urls import reverse

from ccm_portal.core import clock, register

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(client):
    """The home page as a reader got it."""
    return client.get(reverse("dashboard:home"))


def again(client, tag, **headers):
    return client.get(reverse("dashboard:home"), headers={"if-none-match": tag, **headers})


def test_who_holds_what_stands_is_told_so_without_a_body(client, home):
    answer = again(client, home["ETag"])
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", home["ETag"])
    assert answer["Cache-Control"] == home["Cache-Control"]


def test_a_head_is_told_so_too(client, home):
    answer = client.head(reverse("dashboard:home"), headers={"if-none-match": home["ETag"]})
    assert answer.status_code == 304


@pytest.mark.parametrize("tag", ['W/"of another page"', "*x", ""])
def test_another_tag_gets_the_page(client, home, tag):
    assert again(client, tag).content == home.content


def test_after_an_act_the_page_is_given_again(client, home):
    with transaction.atomic():
        register.append(action="core.test.act", by=None, at=clock.now())
    answer = again(client, home["ETag"])
    assert answer.status_code == 200
    assert answer["ETag"] != home["ETag"]


def test_the_same_page_in_another_language_is_another_page(client, home):
    assert client.get("/ar/", headers={"if-none-match": home["ETag"]}).status_code == 200


def test_a_tag_opens_no_private_page_and_no_other_host(client, home):
    assert client.get(reverse("dashboard:desk"), headers={"if-none-match": home["ETag"]}).status_code == 302
    assert again(client, home["ETag"], host="elsewhere.example.org").status_code == 400


def test_a_tag_on_an_address_that_is_not_there_is_not_found(client, home):
    assert client.get("/nothing/here/", headers={"if-none-match": home["ETag"]}).status_code == 404


def test_a_post_is_never_told_so(client, home):
    assert client.post(reverse("dashboard:home"), headers={"if-none-match": home["ETag"]}).status_code == 405
