"""The pages inside a case: its time line, the State that is heard, who is late, who has no place any more."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ccm_portal.core.enums import Role
from ccm_portal.core.work_items import work_items_for
from compliance import fence
from compliance.domain import case_entries, case_next, case_outcomes
from compliance.domain.case_entries import Attached
from compliance.domain.cases import SourceGiven
from compliance.enums import Access, EntryKind, EntryReaders, Side
from compliance.models import CaseEntry, CasePlace, CaseReading, ComplianceCase
from compliance.rules import visible_entries
from compliance.rules_casework import addressed_rows, visible_files
from tests import factories
from tests.compliance import factories_cases as made
from tests.compliance import factories_casework as work
from tests.support import sign_in

pytestmark = pytest.mark.django_db
AT = made.AT


def read(client, user, case, *more):
    return sign_in(client, user).get("/".join([f"/cases/{case.pk}", *map(str, more), ""]))


def post(client, user, case, *more, **data):
    return sign_in(client, user).post("/".join([f"/cases/{case.pk}", *map(str, more), ""]), data)


def body(answer, address):
    """Without what differs from one answer to the next anyhow: the address asked for, and the form's own token."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode().replace(str(address), ""))


@pytest.fixture
def told():
    """A case in which everything that the State concerned may not know holds a canary."""
    case = made.a_case(sources=[SourceGiven(name="CANARY source", said="CANARY", protection="open")])
    lead = case.opened_by
    writer = made.named(case, access=Access.WRITE)
    writer.name = "CANARY writer"
    writer.save()
    for readers in (EntryReaders.TEAM, EntryReaders.LEAD):
        letter = Attached(title="CANARY.txt", content=b"A letter")
        work.an_entry(case, by=writer, text="CANARY text", readers=readers, attached=[letter])
    work.an_entry(case, by=writer, text="CANARY", readers=EntryReaders.CHOSEN, chosen=(lead,))
    work.an_entry(case, by=writer, text="We met your mission.", readers=EntryReaders.ALL, sayable="CANARY sayable")
    work.a_concern(case, by=writer, sayable="CANARY sayable")
    work.a_released_response(case, title="CANARY response", text="CANARY response")
    case = case_next.set_next(case=fresh(case), action="CANARY next", owner=writer, due=None, version=1, by=lead, at=AT)
    case_outcomes.settle(
        case=case, outcome="close", why="CANARY reasons", for_state="Thank you.", version=2, by=lead, at=AT
    )
    return case


def fresh(case):
    with fence.reading_as(case.opened_by):
        return ComplianceCase.objects.get(pk=case.pk)


def test_the_state_concerned_sees_what_is_put_to_it_and_nothing_else(client, told):
    concerned = made.named(told, side=Side.CONCERNED, access=Access.WRITE)
    concern = visible_entries(concerned, told).get(kind=EntryKind.CONCERN)
    pages = [
        read(client, concerned, told),
        read(client, concerned, told, "entries", concern.pk),
        read(client, concerned, told, "entries", concern.pk, "reply"),
        sign_in(client, concerned).get("/desk/"),
    ]
    assert [page.status_code for page in pages] == [200] * 4
    assert [page.content.decode().count("CANARY") for page in pages] == [0] * 4
    shown = pages[0].content.decode()
    assert all(words in shown for words in ("We met your mission.", "Has the area been surveyed?", "Thank you."))
    shut = [read(client, concerned, told, *more).status_code for more in (["responses"], ["responses", "new"])]
    shut += [read(client, concerned, told, *more).status_code for more in (["next"], ["outcome"], ["entries", "new"])]
    assert shut == [404, 404, 403, 403, 403]


def test_the_state_replies_on_its_own_page_and_the_reply_stands_beside_the_concern_for_both(client):
    case = made.a_case()
    concerned = made.named(case, side=Side.CONCERNED, access=Access.WRITE)
    concern = work.a_concern(case)
    waits = read(client, case.opened_by, case).content.decode()
    assert "No reply has come yet, since" in waits

    answer = post(client, concerned, case, "entries", concern.pk, "reply", text="It was surveyed in 2024.", version=1)

    assert answer.status_code == 302
    for user in (case.opened_by, concerned):
        page = read(client, user, case).content.decode()
        heard = page[page.index('class="heard"') :]
        assert heard.index("Has the area been surveyed?") < heard.index("It was surveyed in 2024.")
        assert "No reply has come yet" not in page


def test_every_form_on_the_page_of_a_new_case_can_be_sent(client):
    case = made.a_case()
    page = read(client, case.opened_by, case).content.decode()
    forms = re.findall(r'<form method="post" action="/cases/.*?</form>', page, re.DOTALL)
    assert f"/cases/{case.pk}/begin/" in "".join(forms)
    assert [form for form in forms if "csrfmiddlewaretoken" not in form] == []


def test_a_reply_to_words_that_were_changed_meanwhile_is_kept_beside_the_new_ones(client):
    case = made.a_case()
    concerned = made.named(case, side=Side.CONCERNED, access=Access.WRITE)
    concern = work.a_concern(case)
    given = work.given(text="Since when?", kind=EntryKind.CONCERN)
    case_entries.edit_entry(entry=concern, given=given, version=1, by=case.opened_by, at=AT)

    answer = post(client, concerned, case, "entries", concern.pk, "reply", text="My long reply", version=1)

    page = answer.content.decode()
    assert (answer.status_code, "Since when?" in page, "My long reply" in page) == (422, True, True)
    again = post(client, concerned, case, "entries", concern.pk, "reply", text="My long reply", version=2)
    assert again.status_code == 302


def test_the_second_of_two_collaborators_gets_both_texts_and_loses_nothing(client):
    case = made.a_case()
    first, second = (made.named(case, access=Access.WRITE) for _ in range(2))
    entry = work.an_entry(case)
    typed = {"do": "edit", "on": "2026-11-20", "with_whom": "The mission", "version": 1}
    post(client, first, case, "entries", entry.pk, text="What the first wrote", **typed)

    answer = post(client, second, case, "entries", entry.pk, text="What the second wrote", **typed)

    page = answer.content.decode()
    assert (answer.status_code, "What the first wrote" in page, "What the second wrote" in page) == (422, True, True)
    saved = post(client, second, case, "entries", entry.pk, text="Both", **(typed | {"version": 2}))
    assert (saved.status_code, visible_entries(second, case).get().text) == (302, "Both")


def test_whoever_lost_the_place_while_typing_is_answered_as_for_a_case_that_does_not_exist(client, monkeypatch):
    case = made.a_case()
    writer = made.named(case, access=Access.WRITE)
    sign_in(client, writer)
    typed = {"kind": "call", "on": "2026-11-20", "text": "Typed", "readers": "team"}
    nothing = uuid.uuid4()

    def ends():
        with fence.reading_as(case.opened_by):
            CasePlace.objects.filter(user=writer).delete()

    ends()
    after = client.post(f"/cases/{case.pk}/entries/new/", typed)
    unknown = client.post(f"/cases/{nothing}/entries/new/", typed)
    # and where the place ends between the page's own check and the act:
    made.named(case, writer, access=Access.WRITE)
    add = case_entries.add_entry

    def late(**given):
        ends()
        return add(**given)

    monkeypatch.setattr(case_entries, "add_entry", late)
    meanwhile = client.post(f"/cases/{case.pk}/entries/new/", typed)

    assert [answer.status_code for answer in (after, unknown, meanwhile)] == [404] * 3
    assert body(after, case.pk) == body(unknown, nothing) == body(meanwhile, case.pk)
    with fence.reading_as(case.opened_by):
        assert not CaseEntry.objects.exists()


def test_a_file_opens_by_the_rule_of_its_entry_and_that_is_noted(client):
    case = made.a_case()
    reader, concerned = made.named(case), made.named(case, side=Side.CONCERNED)
    sent = {"kind": "letter", "on": "2026-11-20", "text": "A letter", "readers": "team"}
    letter = made_file("Letter of Peru.txt", b"The letter")
    answer = post(client, case.opened_by, case, "entries", "new", files=[letter], **sent)
    assert answer.status_code == 302
    row = visible_files(reader, case).get()
    address = reverse("compliance-files:case-file", args=[case.pk, row.pk])

    open_to = {kind: sign_in(client, user).get(address) for kind, user in (("r", reader), ("c", concerned))}

    assert {kind: got.status_code for kind, got in open_to.items()} == {"r": 200, "c": 404}
    assert b"".join(open_to["r"].streaming_content) == b"The letter"
    assert open_to["r"]["Content-Disposition"] == 'attachment; filename="Letter of Peru.txt"'
    with fence.reading_as(reader):
        assert CaseReading.objects.filter(user=reader, what=f"file:{row.pk}").count() == 1


def test_what_is_no_document_is_refused_and_the_text_is_kept(client):
    case = made.a_case()
    sent = {"kind": "letter", "on": "2026-11-20", "text": "What I typed", "readers": "team"}
    page = made_file("letter.pdf", b"<html><script>alert(1)</script>")
    answer = post(client, case.opened_by, case, "entries", "new", files=[page], **sent)
    assert (answer.status_code, "What I typed" in answer.content.decode()) == (422, True)
    assert not visible_entries(case.opened_by, case).exists()


def made_file(name, content):
    return SimpleUploadedFile(name, content)


def test_a_response_is_the_text_alone_for_the_delegates_of_its_states(client, told):
    with fence.reading_as(told.opened_by):
        response = told.responses.get()
    approver, other = factories.person(Role.APPROVER, "HRV"), factories.person(Role.APPROVER, "LBN")
    address = f"/responses/{response.pk}/"
    page = sign_in(client, approver).get(address)
    text = page.content.decode()
    assert (page.status_code, "CANARY response" in text) == (200, True)
    hidden = ("CANARY source", "CANARY text", "CANARY writer", "CANARY next", "Peru", str(told.pk))
    assert [word for word in hidden if word in text] == []

    gone = sign_in(client, other).get(address)
    assert (gone.status_code, body(gone, response.pk)) == (404, body(client.get(f"/responses/{told.pk}/"), told.pk))
    items = [item.url for item in work_items_for(approver, on=AT.date())]
    assert address in items
    sent = sign_in(client, approver).post(address, {"state": "croatia", "text": "Gladly", "version": 1})
    assert (sent.status_code, addressed_rows(approver).get().answer) == (302, "Gladly")
    assert address not in [item.url for item in work_items_for(approver, on=AT.date())]


def test_a_response_goes_from_proposal_to_release_on_its_pages(client):
    case = made.a_case()
    member = made.named(case)
    sent = {"title": "Offer a team", "text": "You could offer a team.", "states": ["croatia"]}
    assert post(client, member, case, "responses", "new", **sent).status_code == 302
    with fence.reading_as(member):
        row = case.responses.get()
    lead, page = case.opened_by, ["responses", row.pk]
    steps = [
        post(client, member, case, *page, do="agree", version=1, reason="").status_code,
        post(client, lead, case, *page, do="agree", version=1, reason="").status_code,
        post(client, lead, case, *page, do="follow", version=2, follow_up="Ask", owner_name="Delegate").status_code,
        post(client, lead, case, *page, "release", do="release", version=3).status_code,
        post(client, lead, case, *page, do="finish", version=4, note="They went.").status_code,
    ]
    with fence.reading_as(member):
        row.refresh_from_db()
    assert (steps, row.status, row.done_note) == ([403, 302, 302, 302, 302], "done", "They went.")


def test_the_next_action_stands_on_the_desk_of_whose_it_is_until_their_place_ends(client):
    case = made.a_case()
    owner, other = made.named(case), made.named(case)
    sent = {"action": "Call the mission", "owner": owner.pk, "due": "2026-12-01", "version": 1}
    assert post(client, case.opened_by, case, "next", **sent).status_code == 302

    def on_desk(user):
        return [item.label for item in work_items_for(user, on=AT.date())]

    before = [on_desk(owner), on_desk(other)]
    with fence.reading_as(case.opened_by):
        CasePlace.objects.filter(user=owner).delete()
    assert (before, on_desk(owner)) == ([["Call the mission"], []], [])


def test_the_outcome_and_its_reasons_stand_on_top(client):
    case = made.a_case()
    sent = {"outcome": "close", "why": "The area was cleared.", "version": 1}
    assert post(client, case.opened_by, case, "outcome", **sent).status_code == 302
    page = read(client, case.opened_by, case).content.decode()
    assert page.index("The area was cleared.") < page.index("What is asked")


def test_the_page_of_a_case_asks_as_often_for_many_entries_as_for_one(client):
    case = made.a_case()
    reader = made.named(case)
    counts = []
    for more in (1, 3):
        for _ in range(more):
            concern = work.a_concern(case)
            case_entries.reply(concern=concern, text="Yes", version=1, came_by="Note", by=case.opened_by, at=AT)
            work.an_entry(case, attached=[Attached(title="a.txt", content=b"A")])
        sign_in(client, reader)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/cases/{case.pk}/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
