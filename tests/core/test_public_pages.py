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
