"""A public page is the same for everybody: it sets no cookie and does not ask who is reading."""

import pytest
from django.test import Client

from ccm_portal.core.enums import Role
from tests.factories import person
from tests.support import sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/ar/", "/states/", "/states/lao-pdr/", "/styleguide/", "/healthz"])
def test_a_public_page_knows_nobody(path):
    unknown = Client().get(path)
    known = sign_in(Client(), person(Role.APPROVER, "LAO")).get(path)
    said = [(page.status_code, page.content, page.headers.get("ETag")) for page in (unknown, known)]
    assert said[0] == said[1]
    for page in (unknown, known):
        assert page.status_code == 200
        assert not page.cookies
        assert "Cookie" not in page.headers.get("Vary", "")


@pytest.mark.parametrize(
    ("origin", "given_back"), [("http://testserver", True), ("https://elsewhere.example", False), ("null", False)]
)
def test_a_form_without_its_token_is_given_back_to_a_page_of_ours_alone(origin, given_back):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/account/login/", {"login": "Send your code to us", "password": "p4ss"}, HTTP_ORIGIN=origin)
    words = answer.content.decode()
    assert (answer.status_code, "Send your code to us" in words, "p4ss" in words) == (403, given_back, False)
