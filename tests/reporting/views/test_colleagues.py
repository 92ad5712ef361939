"""Lending through the pages, and what the colleague then meets: one section, and nothing else of the State."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from ccm_portal.core import clock, invitations
from ccm_portal.core.domain import people
from ccm_portal.core.enums import Role
from ccm_portal.core.models import Organisation, User
from reporting.domain import asking, colleagues, comments
from reporting.enums import StartFrom
from reporting.models import LoanOffer, SectionLoan
from tests import factories
from tests.core.signing_in import with_phone
from tests.reporting.support import complete, draft_of, file, filed, person, start, write
from tests.support import sign_in

pytestmark = pytest.mark.django_db

HERE = {"HTTP_ORIGIN": "http://testserver"}
KEY = "risk_education"
SECTION = f"/my/lao-pdr/reports/2025/sections/{KEY}/"
SAVE = f"{SECTION}save/"
REPORT = "/my/lao-pdr/reports/2025/"
PLACE = "warning.measures"
A_PASSWORD = "seven quiet rivers at dawn"


@pytest.fixture
def colleague():
    return with_phone(factories.person()).user


@pytest.fixture
def lent(by, report, colleague):
    return colleagues.lend(
        section=draft_of(report, KEY),
        email=colleague.email,
        name="",
        language="en",
        message="The figures of the province",
        by=by,
        at=clock.now(),
    ).loan


@pytest.fixture
def theirs(colleague, lent):
    return sign_in(Client(), colleague)


def form(**changed):
    return {
        "section": KEY,
        "email": "new@example.org",
        "name": "A colleague",
        "language": "fr",
        "message": "",
    } | changed


def save(client, text="Loudspeakers"):
    body = {"version": 1, "page": "theirs", "texts": {PLACE: text}}
    return client.post(SAVE, json.dumps(body), content_type="application/json")


def typed(report):
    cell = draft_of(report, KEY).answers["parts"]["warning"]["values"].get("measures")
    return cell and cell["text"]


# -- lending ------------------------------------------------------------------------------------------


def test_a_section_is_lent_to_somebody_with_an_account_and_shown_on_the_task_list(by, report, colleague):
    client = sign_in(Client(), by)
    page = client.get(f"{REPORT}lend/?section={KEY}")
    assert page.context["form"]["section"].value() == KEY

    answer = client.post(f"{REPORT}lend/", form(email=colleague.email), follow=True)

    assert answer.redirect_chain == [(REPORT, 302)]
    words = answer.content.decode()
    assert colleague.name in words and "Take back" in words
    assert SectionLoan.objects.get().user == colleague


def test_the_code_for_somebody_without_an_account_is_shown_once(by, report):
    client = sign_in(Client(), by)
    answer = client.post(f"{REPORT}lend/", form())

    code = re.search(r"\b([A-Z2-9]{4}-[A-Z2-9]{4})\b", answer.content.decode())[1]
    assert invitations.code_fits(LoanOffer.objects.get().invitation, invitations.tidy_code(code))
    listed = client.get(REPORT).content.decode()
    assert "invited, not yet accepted" in listed and code not in listed


def test_a_refusal_keeps_what_was_typed(by, report):
    client = sign_in(Client(), by)
    answer = client.post(f"{REPORT}lend/", form(email=person().email, message="Kept"))
    assert "acts for your State" in answer.content.decode() and "Kept" in answer.content.decode()


def test_a_loan_is_taken_back_with_one_button(by, report, lent, colleague):
    client = sign_in(Client(), by)
    answer = client.post(f"{REPORT}take-back/", {"loan": f"loan:{lent.pk}"}, follow=True)
    assert "no longer sees the section" in answer.content.decode()
    assert not SectionLoan.objects.exists()
    again = client.post(f"{REPORT}take-back/", {"loan": f"loan:{lent.pk}"}, follow=True)
    assert "ended already" in again.content.decode()


@pytest.mark.parametrize("loan", ["", "loan:", "loan:x", "offer:99", "offer:" + "9" * 40, "loan:²"])
def test_a_loan_that_is_not_there_is_said_to_have_ended(loan, by, report):
    answer = sign_in(Client(), by).post(f"{REPORT}take-back/", {"loan": loan}, follow=True)
    assert "ended already" in answer.content.decode()


def test_another_reports_loan_is_not_taken_back_from_here(by, report, lent):
    start(by, year=2024)
    sign_in(Client(), by).post("/my/lao-pdr/reports/2024/take-back/", {"loan": f"loan:{lent.pk}"})
    assert SectionLoan.objects.filter(pk=lent.pk).exists()


# -- the way in ---------------------------------------------------------------------------------------


def test_the_whole_way_of_somebody_new_from_the_link_to_the_section(by, report):
    told = colleagues.lend(
        section=draft_of(report, KEY), email="new@example.org", name="New", language="en", message="", by=by,
        at=clock.now(),
    )  # fmt: skip
    link = reverse("core:invitation", args=[invitations.token(told.offer.invitation)])
    client = Client()
    page = client.get(link).content.decode()
    assert "asks for your help with its report" in page and "act for Lao" not in page
    assert not User.objects.filter(email="new@example.org").exists()

    answer = client.post(link, {"code": told.code, "password": A_PASSWORD, "password_again": A_PASSWORD})

    assert answer.headers["Location"].startswith("/account/factors/")
    assert client.get(SECTION).headers["Location"].startswith("/account/factors/code/activate/")
    assert save(client).headers["Location"].startswith("/account/factors/code/activate/")
    sign_in(client, User.objects.get(email="new@example.org"))
    assert client.get(SECTION).status_code == 200


@pytest.mark.parametrize("path", ["/desk/", "/lent/", "/account/", SECTION, SAVE])
def test_without_a_second_factor_in_the_session_no_page_opens_to_whoever_holds_a_loan(path, colleague, lent):
    client = sign_in(Client(), colleague, second_factor=False)
    answers = [client.get(path), client.post(path, {}, **HERE)]
    assert {answer.status_code for answer in answers} == {302}
    assert all("/account/factors/" in answer.headers["Location"] for answer in answers)


# -- what the colleague meets -------------------------------------------------------------------------


def test_the_list_of_what_is_lent_says_by_whom_and_what_for(theirs, by):
    words = theirs.get("/lent/").content.decode()
    assert all(
        text in words for text in ("Warning and risk education", by.name, "The figures of the province", SECTION)
    )
    assert f'href="{SECTION}"' in theirs.get("/desk/").content.decode()


def test_the_colleague_writes_in_the_section_and_stays_among_what_is_lent(theirs, report, colleague):
    page = theirs.get(SECTION)
    assert save(theirs).status_code == 200

    seen = {"version": 99, "page": "p", "was": page.context["page"].was_marks, f"cell:{PLACE}": "By radio"}
    answer = theirs.post(SECTION, seen | {"standing": "changed", "standing-was": "", "do": "next"}, **HERE)

    assert answer.headers["Location"] == "/lent/"
    draft = draft_of(report, KEY)
    assert (typed(report), draft.standing, draft.updated_by) == ("By radio", "changed", colleague)


def test_the_section_draws_no_way_to_what_they_cannot_see(theirs, report, by):
    page = theirs.get(SECTION).content.decode()
    links = set(re.findall(r'(?:href|action)="(/my/[^"#]*)', page))
    assert {link for link in links if not link.startswith(SECTION)} == set()
    assert "Lend this section" not in page and "only your delegation" not in page
    own = sign_in(Client(), by).get(SECTION).content.decode()
    assert "Lend this section" in own and "Lent to" in own


def test_every_other_address_of_the_state_answers_as_to_a_stranger(theirs, by):
    base = filed(by, year=2024)
    start(by, year=2026, how=StartFrom.SOME_CHANGED, base=base)
    stranger = sign_in(Client(), factories.person())
    for name, args in (
        ("my-state", []),
        ("draft-start", []),
        ("draft-detail", ["2025"]),
        ("draft-preview", ["2025"]),
        ("draft-file", ["2025"]),
        ("draft-filed", ["2024"]),
        ("draft-detail", ["2026"]),
        ("section-lend", ["2025"]),
        ("section-edit", ["2025", "stockpiles"]),
        ("section-edit", ["2024", KEY]),
        ("section-edit", ["2026", KEY]),
    ):
        address = reverse(f"reporting:{name}", args=["lao-pdr", *args])
        answers = [client.get(address) for client in (theirs, stranger)]
        assert [answer.status_code for answer in answers] == [404, 404], address
    for address in (f"{REPORT}take-back/", f"{REPORT}ask/", f"{REPORT}show/", f"{REPORT}file/", f"{REPORT}lend/"):
        assert theirs.post(address, form(), **HERE).status_code == 404, address
    for key in ("stockpiles", "nothing"):
        assert save_at(theirs, key).content == save_at(stranger, key).content
    assert theirs.get("/my/lao-pdr/people/").status_code == 404


def save_at(client, key):
    return client.post(f"{REPORT}sections/{key}/save/", "{}", content_type="application/json")


# -- the very next request ----------------------------------------------------------------------------


def by_taking_back(loan, by):
    colleagues.take_back(loan=loan, by=by, at=clock.now())


def by_filing(loan, by):
    file(complete(loan.content_object.report, by=by), by=person())


@pytest.mark.parametrize("end", [by_taking_back, by_filing])
def test_a_loan_that_ended_opens_nothing_on_the_next_request_and_the_page_keeps_its_text(end, theirs, by, report, lent):
    page = theirs.get(SECTION)
    save(theirs, "Before")

    end(lent, by)

    autosave = save(theirs, "After")
    assert autosave.status_code == 404
    assert "not open to you" in autosave.json()["problem"]
    seen = {"version": 1, "page": "p", "was": page.context["page"].was_marks, "do": "save"}
    answer = theirs.post(SECTION, seen | {f"cell:{PLACE}": "After", "comment:": "And this"}, **HERE)
    words = answer.content.decode()
    assert answer.status_code == 404
    assert "After" in words and "And this" in words and "not open to you" in words
    assert theirs.get(SECTION).status_code == 404
    assert "Nothing is lent to you now" in theirs.get("/lent/").content.decode()
    assert typed(report) == "Before"


def test_a_closed_account_is_signed_out_on_the_next_request(theirs, by, report, lent, colleague):
    save(theirs, "Before")

    people.deactivate_account(user=colleague, by=factories.person(Role.ISO_STAFF), at=clock.now())

    assert save(theirs, "After").status_code == 401
    assert theirs.get(SECTION).headers["Location"].startswith("/account/login/")
    assert typed(report) == "Before"


# -- comments and asking on the task list ------------------------------------------------------------


def test_the_task_list_counts_and_lists_open_comments_for_the_delegation_alone(by, report):
    said = comments.comment(section=draft_of(report, KEY), path=PLACE, text="Since when?", by=by, at=clock.now())
    report.shown_to_iso_at = clock.now()
    report.save()

    words = sign_in(Client(), person()).get(REPORT).content.decode()
    assert "1 comment waits for somebody." in words and f"{SECTION}#comment-{said.pk}" in words
    assert "Warning of the population" in words

    shown_to_iso = sign_in(Client(), factories.person(Role.ISO_STAFF)).get(REPORT)
    assert shown_to_iso.status_code == 200
    assert "Since when?" not in shown_to_iso.content.decode() and "comment" not in shown_to_iso.content.decode()


def test_a_drafter_asks_the_approvers_once_nothing_stops_the_filing(by, report):
    approver = person()
    client = sign_in(Client(), by)
    assert "Ask to file" not in client.get(REPORT).content.decode()
    complete(report, by=by)
    assert "Ask to file" in client.get(REPORT).content.decode()

    answer = client.post(f"{REPORT}ask/", follow=True)

    assert "The approvers are asked to file" in answer.content.decode()
    assert asking.asked_of(report).asked_by == by
    assert "asks you to file it" in sign_in(Client(), approver).get(REPORT).content.decode()
    write(report, "stockpiles", {"programme.status": "Begun"}, by=by)
    assert "Ask to file" in client.get(REPORT).content.decode()


@pytest.mark.parametrize(("role", "acts_for"), [(Role.ISO_STAFF, "iso"), (Role.DRAFTER, "NOR")])
def test_a_loan_gives_nothing_to_whoever_has_joined_the_iso_or_another_delegation(
    theirs, colleague, report, by, role, acts_for
):
    comments.comment(section=draft_of(report, KEY), path="", text="CANARY-comment", by=by, at=clock.now())
    assert "CANARY-comment" in theirs.get(SECTION).content.decode()

    state = None if acts_for == "iso" else factories.state(acts_for)
    body = Organisation.objects.get(key="iso") if acts_for == "iso" else None
    factories.MembershipFactory(user=colleague, role=role, state=state, organisation=body)

    assert [theirs.get(SECTION).status_code, save(theirs).status_code] == [404, 404]
    assert "CANARY-comment" not in theirs.get("/lent/").content.decode()
