"""A State's own pages of sponsorship, as a delegation presses through them."""

import re

import pytest
from django.test import Client

from ccm_portal.core.enums import Role
from sponsorship.enums import ApplicationStatus, NomineeStatus, RoundStatus, RuleEffect
from sponsorship.models import Application, Nominee
from tests.factories import person, state
from tests.meetings.factories import meeting
from tests.sponsorship.factories import a_policy, a_round, an_application
from tests.support import sign_in

pytestmark = pytest.mark.django_db
BASE = "/my/lao-pdr/sponsorship/"
HERE = f"{BASE}14msp/"


@pytest.fixture
def round():
    return a_round(meeting(), policy=a_policy(affected=RuleEffect.QUALIFIES, donor=RuleEffect.EXCLUDES))


@pytest.fixture
def drafter(client, round):
    return sign_in(client, person(Role.DRAFTER, "LAO"))


@pytest.fixture
def head(round):
    return sign_in(Client(), person(Role.HEAD_OF_DELEGATION, "LAO"))


def post(client, address, **data):
    return client.post(address, data, headers={"origin": "http://testserver"})


def told(answer):
    return " ".join(answer.content.decode().split())


def test_a_delegation_applies_and_its_head_sends(drafter, head):
    before = told(drafter.get(HERE))
    assert "Qualifies by the rules of this round." in before
    assert HERE in told(drafter.get(BASE))
    post(drafter, f"{HERE}begin/")
    details = {"note_reference": "NV 7/2026", "note_date": "2026-11-20", "purpose": "To report.", "version": 1}
    post(drafter, f"{HERE}details/", **details)
    stale = post(drafter, f"{HERE}details/", **details | {"purpose": "Typed."})
    assert (stale.status_code, "Typed." in told(stale), "As it stands now" in told(stale)) == (422, True, True)
    for number in (1, 2):
        name = f"Delegate {number}, Lao PDR (demonstration)"
        about = {"name": name, "function": "Director", "email": f"d{number}@example.org", "languages": ["fr", "en"]}
        post(drafter, f"{HERE}people/new/", version=0, **about)
    second = Nominee.objects.get(rank=2)
    order = told(drafter.get(HERE)).split('name="order" value="')[1].split('"')[0]
    post(drafter, f"{HERE}people/{second.pk}/move/", order=order, to="up")

    assert post(drafter, f"{HERE}check/", seen="x").status_code == 403
    page = told(head.get(f"{HERE}check/"))
    seen = page.split('name="seen" value="')[1][:64]
    post(head, f"{HERE}check/", seen=seen)

    sent = Application.objects.get()
    assert (sent.status, sent.is_late) == (ApplicationStatus.ENDORSED, False)
    assert [one.name[:10] for one in sent.nominees.order_by("rank")] == ["Delegate 2", "Delegate 1"]
    page = told(drafter.get(HERE))
    assert ("Where each person stands" in page, "As it was on" in page) == (True, True)
    assert post(drafter, f"{HERE}take-back/", reason="A name.", version=sent.version).status_code == 403
    post(head, f"{HERE}people/{second.pk}/withdraw/", reason="Ill.", version=Nominee.objects.get(pk=second.pk).version)
    assert Nominee.objects.get(pk=second.pk).status == NomineeStatus.WITHDRAWN


def test_a_decision_that_is_not_announced_changes_no_byte_of_the_delegations_pages(drafter, round):
    sent = an_application(round, state("LAO"), people=2)
    round.status = RoundStatus.CLOSED
    round.save()
    one = sent.nominees.get(rank=1)
    pages = (BASE, HERE, f"{HERE}people/{one.pk}/", f"{HERE}check/")

    def read():
        return [re.sub(r'"csrfmiddlewaretoken" value="\w+"', "", told(drafter.get(page))) for page in pages]

    before = read()
    sent.nominees.filter(rank=1).update(status=NomineeStatus.SELECTED, decision_reason="CANARY")
    sent.nominees.filter(rank=2).update(status=NomineeStatus.WAITING, waiting_rank=1)
    round.status = RoundStatus.DECIDED
    round.save()

    assert read() == before


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_people(drafter, round, people, django_assert_num_queries):
    an_application(round, state("LAO"), people=people)
    drafter.get(HERE)

    with django_assert_num_queries(11):
        drafter.get(HERE)


def test_an_officer_enters_what_came_on_paper_and_reads_what_was_sent(round):
    officer = sign_in(Client(), person(Role.SPONSORSHIP_OFFICER))
    here = "/office/sponsorship/14msp/applications/"
    an_application(round, state("TCD"), sent=False)
    post(officer, here, state="lao-pdr")
    post(officer, f"{here}lao-pdr/details/", note_reference="NV 1", note_date="2026-11-20", version=1)
    about = {"name": "Delegate 1", "function": "Director", "email": "d1@example.org", "version": 0}
    post(officer, f"{here}lao-pdr/people/new/", **about)
    seen = told(officer.get(f"{here}lao-pdr/")).split('name="seen" value="')[1][:64]
    post(officer, f"{here}lao-pdr/", seen=seen, received_on="2026-11-23")

    page = told(officer.get(f"{here}lao-pdr/"))
    assert "Received on <time" in page
    assert officer.get(f"{here}chad/").status_code == 404
    assert "Chad" not in told(officer.get(here)).split("<select")[0]


def test_the_desk_leads_the_drafter_to_finish_and_the_head_to_endorse(drafter, head, round):
    draft = an_application(round, state("LAO"), sent=False, note_date=round.opens_on)
    finish, endorse = "Finish the application for sponsorship: 14MSP", "Endorse the application for sponsorship: 14MSP"
    assert finish in told(drafter.get("/desk/"))
    draft.nominees.update(function="Director")

    assert (finish in told(drafter.get("/desk/")), f'href="{HERE}check/">{endorse}' in told(head.get("/desk/"))) == (
        True,
        True,
    )
