"""A State's own pages of its requests, as a delegate presses through them."""

from datetime import date

import pytest
from django.urls import reverse

from ccm_portal.core.enums import Role
from compliance.domain import request_people
from compliance.enums import Access, RequestStatus
from compliance.models import ExtensionRequest
from tests import factories
from tests.compliance import factories_requests as make
from tests.meetings.factories import meeting
from tests.support import sign_in

pytestmark = pytest.mark.django_db
BASE = "/my/mauritania/requests/"
ORIGIN = {"origin": "http://testserver"}


@pytest.fixture
def approver():
    return factories.person(Role.APPROVER, "MRT")


@pytest.fixture
def as_approver(client, approver):
    return sign_in(client, approver)


def post(client, address, **data):
    return client.post(address, data, headers=ORIGIN)


def test_a_late_request_goes_from_the_desk_to_the_world(as_approver, client):
    last = meeting("13msp", ordinal=13, year=2025, starts=date(2025, 9, 16), ends=date(2025, 9, 19))
    desk = as_approver.get("/desk/").content.decode()
    assert BASE in desk

    post(client, f"{BASE}begin/", clock="art4", language="en")
    draft = ExtensionRequest.objects.get()
    section = draft.sections.get(key="duration")
    here = f"{BASE}art4/{draft.number}/"
    assert post(client, f"{here}lodge/", seen="x").status_code == 422
    early = post(client, f"{here}sections/duration/", day="2020-01-01", text="Typed.", version=section.version)
    assert (early.status_code, "Typed." in early.content.decode()) == (422, True)
    post(client, f"{here}sections/duration/", day="2029-08-01", text="Typed.", version=section.version)

    page = client.get(f"{here}lodge/").content.decode()
    assert "days late: it was to be lodged by 16 December 2024" in page
    seen = page.split('name="seen" value="')[1][:64]
    answer = post(client, f"{here}lodge/", seen=seen)
    again = post(client, f"{here}lodge/", seen=seen)
    draft.refresh_from_db()

    assert answer.url == again.url == f"/requests/mauritania/art4/{draft.number}/"
    assert (draft.status, draft.versions.count(), draft.lodging_due) == (RequestStatus.LODGED, 1, date(2024, 12, 16))
    assert draft.days_late > 0
    assert last.starts < draft.clock.current
    public = client.get(answer.url).content.decode()
    assert "days late: it was to be lodged by 16 December 2024" in public
    assert 'asked until <time datetime="2029-08-01"' in client.get("/states/mauritania/").content.decode()


def test_a_section_saved_too_late_shows_both_texts(as_approver, client, approver):
    draft = make.draft("MRT", by=approver)
    make.write(draft, "reasons", "The first text.", by=approver)

    answer = post(client, f"{BASE}art4/{draft.number}/sections/reasons/", text="The second text.", version=1)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The first text." in page and "The second text." in page
    assert draft.sections.get(key="reasons").text == "The first text."


def test_whose_place_is_ended_while_typing_gets_nothing_and_writes_nothing(client, approver):
    draft = make.draft("MRT", by=approver)
    place = make.place(draft, Access.WRITE)
    sign_in(client, place.user)
    address = f"{BASE}art4/{draft.number}/sections/reasons/"
    assert client.get(address).status_code == 200
    request_people.end(place=place, by=approver, at=make.A_MOMENT)

    answer = post(client, address, text="Too late.", version=1)

    assert answer.status_code == 404
    assert draft.sections.get(key="reasons").text == ""


def test_an_annex_is_what_it_is_and_not_what_it_is_called(as_approver, client, approver, tmp_path):
    draft = make.draft("MRT", by=approver)
    script = tmp_path / "plan.pdf"
    script.write_bytes(b"<html><script>alert(1)</script>")

    with script.open("rb") as file:
        answer = post(client, f"{BASE}art4/{draft.number}/annexes/", title="Plan", language="en", file=file)

    assert (answer.status_code, draft.files.count()) == (422, 0)


def test_the_iso_reads_a_draft_while_it_is_shown_and_writes_nothing(client, approver):
    draft = make.draft("MRT", by=approver)
    address = reverse("compliance:request-draft", kwargs=draft.address)
    sign_in(client, factories.person(Role.ISO_STAFF, "iso"))
    assert client.get(address).status_code == 404
    ExtensionRequest.objects.filter(pk=draft.pk).update(shown_to_iso_at=make.A_MOMENT)

    assert client.get(address).status_code == 200
    assert client.get(f"{address}sections/reasons/").status_code == 403
    assert post(client, f"{address}lodge/", seen="x").status_code == 403
