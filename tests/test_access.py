"""Every address in the portal, every kind of person, reading and writing: who gets what.

``docs/authz.json`` is the policy, written by hand. An address without a row fails; so does any
answer that differs.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import access_scene
from tests.factories import everyone
from tests.support import sign_in

pytestmark = pytest.mark.django_db

POLICY = json.loads((Path(__file__).parents[1] / "docs" / "authz.json").read_text())
LEFT_TO_THE_LIBRARY = ("admin:",)


def url_names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield namespace + str(entry.name)
        else:
            yield from url_names(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)


def test_every_address_has_a_row():
    names = {name for name in url_names(get_resolver()) if not name.startswith(LEFT_TO_THE_LIBRARY)}

    assert names == {row["name"] for row in POLICY["rows"]}


def test_every_class_of_pages_speaks_of_every_kind_of_person():
    kinds = {"anonymous", *everyone("LAO", "LBN")}

    assert {name: set(answers) for name, answers in POLICY["classes"].items()} == dict.fromkeys(
        POLICY["classes"], kinds
    )


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    """The scene and everybody in it, made once for all rows: each request is undone, and at the end so is this."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield access_scene.build(), {"anonymous": None, **everyone("LAO", "LBN")}
        transaction.set_rollback(True)


@pytest.mark.parametrize("row", POLICY["rows"], ids=lambda row: f"{row['name']}-{row.get('case', '')}")
def test_everyone_gets_what_the_policy_says(row, stage):
    scene, people = stage
    address = reverse(row["name"], kwargs=scene.kwargs(row))
    expected = {}
    answered = {}
    for method in row["methods"]:
        for kind, person in people.items():
            where = f"{method} {kind}"
            answered[where] = ask(method, address, person, scene.body(row))
            expected[where] = POLICY["classes"][row.get(f"{method.lower()}_class", row["class"])][kind]

    assert {where: answer for where, answer in answered.items() if answer != expected[where]} == {}


def ask(method: str, address: str, person, body) -> str:
    """One request, undone afterwards, so that each person meets the same scene."""
    client = Client()
    if person:
        sign_in(client, person)
    with transaction.atomic():
        answer = (
            client.get(address)
            if method == "GET"
            else client.post(address, body, headers={"origin": "http://testserver"})
        )
        transaction.set_rollback(True)
    return outcome(answer)


def outcome(answer) -> str:
    """What happened, in the policy's words."""
    if answer.status_code == 401 or (answer.status_code == 302 and "/account/login/" in answer.url):
        return "sign in"
    if answer.status_code in (404, 403, 405):
        return {404: "not there", 403: "refused", 405: "not there"}[answer.status_code]
    if answer.status_code >= 500:
        return f"error {answer.status_code}"
    return "open"
