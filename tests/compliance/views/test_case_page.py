"""The page of a case: who opens it, what each place shows, and that every reading is noted."""

import re
import uuid
from pathlib import Path

import pytest

from compliance import case_words, fence
from compliance.domain.cases import SourceGiven
from compliance.enums import Access, Protection, Side
from compliance.models import CasePlace, CaseReading
from tests.compliance import factories_cases as made
from tests.factories import everyone
from tests.support import sign_in

pytestmark = pytest.mark.django_db


def page(client, user, case):
    return sign_in(client, user).get(f"/cases/{case.pk}/")


def body(answer, address):
    """Without what differs from one answer to the next anyhow: the address asked for, and the form's own token."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode().replace(str(address), ""))


def test_each_place_shows_its_part(client):
    case = made.a_case(
        title="The title",
        facts="The facts",
        sources=[SourceGiven(name=f"Known-{at}", protection=at) for at in Protection.values],
    )
    people = {
        "leads": case.opened_by,
        "writes": made.named(case, access=Access.WRITE),
        "reads": made.named(case),
        "concerned": made.named(case, side=Side.CONCERNED, access=Access.WRITE),
    }
    words = ["The title", "The facts", "Known-open", "Known-team", "Known-lead"]

    shown = {}
    for kind, user in people.items():
        text = page(client, user, case).content.decode()
        shown[kind] = [word for word in words if word in text]

    assert shown == {"leads": words, "writes": words[:4], "reads": words[:4], "concerned": words[:2]}


def test_for_everybody_else_a_case_is_an_address_that_does_not_exist(client):
    case = made.a_case(iso3="LAO")
    made.named(case)
    nothing = uuid.uuid4()
    differ = {}
    for kind, user in everyone("LAO", "LBN").items():
        sign_in(client, user)
        known, unknown = client.get(f"/cases/{case.pk}/"), client.get(f"/cases/{nothing}/")
        same = (
            (known.status_code, unknown.status_code) == (404, 404)
            and body(known, case.pk) == body(unknown, nothing)
            and dict(known.headers) == dict(unknown.headers)
        )
        if not same:
            differ[kind] = (known.status_code, unknown.status_code)

    assert differ == {}


def test_every_reading_is_noted_and_what_was_refused_is_none(client):
    case = made.a_case()
    reader = made.named(case)
    page(client, reader, case)
    page(client, reader, case)
    page(client, made.president("HRV"), case)

    with fence.reading_as(case.opened_by):
        read = list(CaseReading.objects.values_list("user", "what"))
    assert read == [(reader.pk, "case"), (reader.pk, "case")]


def test_a_place_that_ended_opens_nothing_on_the_next_request(client):
    case = made.a_case()
    reader = made.named(case)
    assert page(client, reader, case).status_code == 200
    with fence.reading_as(case.opened_by):
        CasePlace.objects.filter(user=reader).delete()

    assert client.get(f"/cases/{case.pk}/").status_code == 404


def test_the_record_shows_the_team_every_act_in_words_and_each_what_they_read(client):
    case = made.a_case()
    reader = made.named(case)
    concerned = made.named(case, side=Side.CONCERNED)
    page(client, reader, case)

    told = {}
    for kind, user in {"leads": case.opened_by, "reads": reader, "concerned": concerned}.items():
        text = sign_in(client, user).get(f"/cases/{case.pk}/record/").content.decode()
        told[kind] = ("Opened the matter" in text, f"<bdi>{reader.name}</bdi> · " in text)

    assert told == {"leads": (True, True), "reads": (True, False), "concerned": (False, False)}


def test_every_act_that_operations_note_on_a_case_has_words():
    noted = set()
    for path in Path("compliance/domain").glob("*.py"):
        text = path.read_text()
        if re.search(r"case_acts import [^\n]*\bnoted\b", text):
            noted |= set(re.findall(r'\bnoted\(\s*[\w.]+,\s*"(\w+)"', text))

    assert {act for act in noted if case_words.words_of(f"compliance.case.{act}") == case_words.OTHER} == set()


def test_everybody_named_reads_that_the_president_acts_for_the_state_concerned(client):
    own, other = made.a_case(iso3="LAO"), made.a_case(made.president("HRV"))
    said = "Led by a person who acts for the State concerned"
    readers = [(own, own.opened_by), (own, made.named(own)), (own, made.named(own, side=Side.CONCERNED))]
    told = [said in page(client, user, case).content.decode() for case, user in [*readers, (other, other.opened_by)]]

    assert told == [True, True, True, False]
    sign_in(client, own.opened_by)
    assert said in client.get(f"/cases/{own.pk}/record/").content.decode()
    assert "A matter about Lao People" in client.get("/cases/new/").content.decode()
