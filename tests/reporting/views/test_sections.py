"""Writing in a section through its page and through the autosave behind it."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ccm_portal.core.enums import Role
from reporting.domain import section_edits
from reporting.enums import StartFrom
from reporting.forms import mark_of
from reporting.models import Report
from tests import factories
from tests.reporting.support import add_row, complete, draft_of, file, filed, person, start, write
from tests.support import sign_in

pytestmark = pytest.mark.django_db

STATUS, METHODS = "programme.status", "programme.methods"
HERE = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def client(by):
    return sign_in(Client(), by)


def address(report: Report, name: str = "section-edit", key: str = "stockpiles") -> str:
    return reverse(f"reporting:{name}", args=[report.state.slug, report.slug, key])


def shown(page) -> dict[str, str]:
    """The form as the page shows it, ready to be posted."""
    form = page.context
    posted = {
        "version": form["draft"].version,
        "page": form["page"].page,
        "was": form["page"].was_marks,
        "standing": form["draft"].standing,
        "standing-was": form["draft"].standing,
        "none-shown": [part.part.key for part in form["page"].parts if part.part.is_table and not part.has_answers],
        "none": [part.part.key for part in form["page"].parts if part.none],
        "none-was": [part.part.key for part in form["page"].parts if part.none],
    }
    return posted | {f"cell:{box.path}": box.text for box in form["page"].boxes}


def save(client, report, body, key="stockpiles"):
    return client.post(address(report, "section-autosave", key), json.dumps(body), content_type="application/json")


def values(report):
    return {n: c.get("text") for n, c in draft_of(report, "stockpiles").answers["parts"]["programme"]["values"].items()}


def test_the_page_has_a_labelled_box_for_every_question_and_works_without_script(client, report):
    page = client.get(address(report))

    words = page.content.decode()
    assert page.status_code == 200
    for box in page.context["page"].boxes:
        assert f'id="{box.id}"' in words
        assert f'for="{box.id}"' in words
    client.post(address(report), shown(page) | {f"cell:{STATUS}": "Begun", "do": "save"})
    assert values(report) == {"status": "Begun"}


def test_boxes_that_were_not_touched_are_not_written_over(client, report, by):
    page = shown(client.get(address(report)))
    write(report, "stockpiles", {METHODS: "Burning"}, by=person(), page="colleague")

    client.post(address(report), page | {f"cell:{STATUS}": "Begun", "do": "save"})

    assert values(report) == {"status": "Begun", "methods": "Burning"}


def test_the_later_of_two_saves_sees_both_texts_and_then_chooses(client, report):
    page = shown(client.get(address(report)))
    colleague = person()
    write(report, "stockpiles", {STATUS: "Theirs"}, by=colleague, page="colleague")

    clash = client.post(address(report), page | {f"cell:{STATUS}": "Mine", f"cell:{METHODS}": "Burning", "do": "save"})

    words = clash.content.decode()
    assert clash.status_code == 409
    assert "Mine" in words and "Theirs" in words and colleague.name in words
    assert 'data-state="waits"' in words and "Boxes that wait for your choice: 1" in words
    assert values(report) == {"status": "Theirs", "methods": "Burning"}

    client.post(address(report), shown(clash) | {"do": "save"})
    assert values(report)["status"] == "Mine"


def test_taking_the_other_text_drops_only_ones_own(client, report):
    page = shown(client.get(address(report)))
    write(report, "stockpiles", {STATUS: "Theirs"}, by=person(), page="colleague")
    clash = client.post(address(report), page | {f"cell:{STATUS}": "Mine", "do": "save"})

    client.post(address(report), shown(clash) | {f"cell:{METHODS}": "Burning", "do": f"theirs:{STATUS}"})

    assert values(report) == {"status": "Theirs", "methods": "Burning"}


def test_a_row_is_added_in_place_with_all_that_was_typed(client, report):
    page = shown(client.get(address(report)))

    answer = client.post(address(report), page | {f"cell:{STATUS}": "Begun", "do": "add:stocks"})

    assert (answer.status_code, answer.url) == (302, address(report) + "#f-stocks-r1")
    assert values(report) == {"status": "Begun"}
    assert [row["id"] for row in draft_of(report, "stockpiles").answers["parts"]["stocks"]["rows"]] == ["r1"]


def test_saving_and_going_to_the_list_does_both(client, report):
    page = shown(client.get(address(report)))

    answer = client.post(address(report), page | {f"cell:{STATUS}": "Begun", "do": "next"})

    assert (answer.status_code, answer.url) == (302, report.get_draft_url())
    assert values(report) == {"status": "Begun"}


def test_the_script_gets_the_page_back_and_where_to_go_on(client, report):
    page = shown(client.get(address(report)))

    answer = client.post(address(report), page | {"do": "add:stocks"}, headers={"X-Section-Part": "1"})

    assert answer.status_code == 200
    assert answer.context["focus"] == "f-stocks-r1"


def test_nothing_to_report_and_standing_are_stored(client, report):
    page = shown(client.get(address(report)))

    client.post(address(report), page | {"none": ["stocks"], "standing": "not_applicable", "do": "save"})

    draft = draft_of(report, "stockpiles")
    assert draft.answers["parts"]["stocks"]["none"] is True
    assert draft.standing == "not_applicable"


def test_a_refused_act_says_why_and_keeps_the_text(client, report, by):
    page = shown(client.get(address(report)))
    add_row(report, "stockpiles", "stocks", {"munition_type": "RBK"}, by=by)

    answer = client.post(address(report), page | {"none": ["stocks"], f"cell:{STATUS}": "Begun", "do": "save"})

    assert answer.status_code == 422
    assert "Remove them first" in answer.content.decode()
    assert values(report) == {"status": "Begun"}


def test_what_cannot_be_read_comes_back_with_its_sentence(client, report):
    page = shown(client.get(address(report)))
    client.post(address(report), page | {"cell:programme.yearly_rate": "a great many", "do": "save"})

    words = client.get(address(report)).content.decode()

    assert 'value="a great many"' in words
    assert 'aria-invalid="true"' in words


def test_last_years_answer_stands_beside_the_field_with_a_button_to_keep_it(by):
    base = filed(person(), year=2023, at=datetime(2024, 4, 1, tzinfo=UTC), texts={"stockpiles": {STATUS: "In 2023"}})
    report = start(by, base=base)
    client = sign_in(Client(), by)

    page = client.get(address(report))
    assert "In 2023" in page.content.decode()
    client.post(address(report), shown(page) | {"do": f"keep:{STATUS}"})

    assert values(report) == {"status": "In 2023"}


# Sessions and drafts that are gone


def test_a_session_that_ended_gives_the_text_back_and_takes_it_after_signing_in(client, report, by):
    page = shown(client.get(address(report)))
    stranger = Client(enforce_csrf_checks=True)

    ended = stranger.post(address(report), page | {f"cell:{STATUS}": "Typed <long>", "do": "save"}, **HERE)

    words = ended.content.decode()
    assert ended.status_code == 401
    assert "Typed &lt;long&gt;" in words
    assert values(report) == {}

    sign_in(stranger, by)
    again = stranger.post(address(report), page | {f"cell:{STATUS}": "Typed <long>", "do": "save"}, **HERE)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', again.content.decode()[-9000:])[1]
    assert (again.status_code, values(report)) == (403, {})
    posted = page | {f"cell:{STATUS}": "Typed <long>", "do": "save", "csrfmiddlewaretoken": token}
    assert stranger.post(address(report), posted, **HERE).status_code == 302
    assert values(report) == {"status": "Typed <long>"}


def test_another_sites_text_is_neither_stored_nor_given_back(client, report, by):
    forged = sign_in(Client(enforce_csrf_checks=True), by)

    answer = forged.post(
        address(report), {f"cell:{STATUS}": "FORGED", "do": "save"}, HTTP_ORIGIN="https://evil.example"
    )

    assert answer.status_code == 403
    assert "FORGED" not in answer.content.decode()
    assert values(report) == {}


def test_text_for_a_report_filed_meanwhile_comes_back(client, report, by):
    page = shown(client.get(address(report)))
    approver = person()
    file(complete(report, by=approver), by=approver)

    answer = client.post(address(report), page | {f"cell:{STATUS}": "Too late", "do": "save"}, **HERE)

    assert answer.status_code == 409
    assert "Too late" in answer.content.decode()


def test_text_for_another_states_draft_comes_back_with_nothing_of_that_draft(client, by):
    theirs = start(person(iso3="BGR"), iso3="BGR")
    write(theirs, "stockpiles", {STATUS: "CANARY"}, by=person(iso3="BGR"))

    answer = client.post(address(theirs), {f"cell:{STATUS}": "Mine", "do": "save"}, **HERE)

    assert answer.status_code == 404
    assert "Mine" in answer.content.decode()
    assert "CANARY" not in answer.content.decode()


# Autosave


def test_an_autosave_stores_and_answers_with_what_is_now_known(client, report):
    answer = save(client, report, {"version": 1, "page": "a", "texts": {STATUS: "Begun", "programme.yearly_rate": "?"}})

    told = answer.json()
    assert answer.status_code == 200
    assert (told["version"], told["standing"], told["others"], told["moved"]) == (2, "changed", {}, False)
    assert told["problems"][STATUS] == ""
    assert told["problems"]["programme.yearly_rate"] != ""
    assert values(report)["status"] == "Begun"


def test_an_autosave_brings_what_a_colleague_wrote_elsewhere_on_the_page(client, report):
    write(report, "stockpiles", {METHODS: "Burning"}, by=person(), page="colleague")

    told = save(client, report, {"version": 1, "page": "a", "texts": {STATUS: "Begun"}}).json()

    assert told["others"] == {METHODS: "Burning"}
    assert told["own"] is False


def test_what_one_wrote_in_another_tab_is_not_said_to_be_a_colleagues(client, report, by):
    write(report, "stockpiles", {METHODS: "Burning"}, by=by, page="other tab")

    told = save(client, report, {"version": 1, "page": "a", "texts": {STATUS: "Begun"}}).json()

    assert (told["others"], told["own"]) == ({METHODS: "Burning"}, True)


def test_an_autosave_tells_the_time_as_the_page_does(client, report):
    told = save(client, report, {"version": 1, "page": "a", "texts": {STATUS: "Begun"}}).json()

    page = client.get(address(report)).content.decode()
    assert f">{told['saved_at']}</time>" in page


def test_an_autosave_on_a_stale_version_is_told_both_texts(client, report):
    colleague = person()
    write(report, "stockpiles", {STATUS: "Theirs"}, by=colleague, page="colleague")

    answer = save(client, report, {"version": 1, "page": "a", "texts": {STATUS: "Mine", METHODS: "Burning"}})

    assert answer.status_code == 409
    assert answer.json()["conflicts"] == [{"path": STATUS, "mine": "Mine", "theirs": "Theirs", "by": colleague.name}]
    assert values(report) == {"status": "Theirs", "methods": "Burning"}


def test_an_autosave_costs_few_queries_and_one_write(client, report, django_assert_num_queries):
    save(client, report, {"version": 1, "page": "a", "texts": {STATUS: "Begun"}})

    with django_assert_num_queries(5) as queries:
        save(client, report, {"version": 2, "page": "a", "texts": {STATUS: "Begun again"}})

    assert [q["sql"].split()[0] for q in queries.captured_queries].count("UPDATE") == 1


def test_an_autosave_is_refused_in_words(client, report, by):
    body = {"version": 1, "page": "a", "texts": {STATUS: "Begun"}}
    approver = person()
    answers = [
        save(Client(), report, body),
        save(sign_in(Client(), person(iso3="BGR")), report, body),
        save(sign_in(Client(), factories.person(Role.ISO_STAFF, "iso")), report, body),
        save(client, report, {"texts": "nonsense"}),
        save(client, report, body | {"texts": {"programme.owner": "me"}}),
    ]
    assert values(report) == {}
    file(complete(report, by=approver), by=approver)
    answers.append(save(client, report, body))

    assert [answer.status_code for answer in answers] == [401, 404, 404, 400, 400, 410]


def test_extra_names_in_a_post_change_nothing(client, report):
    page = shown(client.get(address(report)))
    before = Report.objects.values().get()

    client.post(address(report), page | {"status": "filed", "state_id": 1, "created_by": 1, "filed_at": "2026-01-01"})
    save(client, report, {"version": 1, "page": "a", "texts": {}, "status": "filed", "report": 99})

    assert Report.objects.values().get() == before


def test_marks_tell_texts_apart_whatever_the_line_ends_are():
    assert mark_of("a\r\nb ") == mark_of("a\nb")
    assert mark_of("a") != mark_of("b")


DEEP = '{"version": 1, "page": "p", "texts": {"programme.status": ' + "[" * 100_000 + "]" * 100_000 + "}}"


@pytest.mark.parametrize(
    "body",
    [
        '{"version": 1e999, "page": "p", "texts": {}}',
        '{"version": NaN, "page": "p", "texts": {}}',
        '{"page": "p", "texts": {}}',
        '{"version": 1, "page": "p", "texts": ["a"]}',
        "[1]",
        "{",
        DEEP,
    ],
)
def test_a_save_that_cannot_be_read_is_refused_in_words_and_stores_nothing(client, report, body):
    answer = client.post(address(report, "section-autosave"), body, content_type="application/json")

    assert (answer.status_code, answer.json()) == (400, {"problem": "This save could not be read."})
    assert values(report) == {}


@pytest.mark.parametrize("sign", ["\x00", "\ud800"], ids=["a null", "half a letter"])
def test_signs_that_no_database_holds_are_left_out_of_a_save(client, report, sign):
    posted = {"version": 1, "page": f"pa{sign}ge", "texts": {STATUS: f"Be{sign}gun", "programme.starts": f"so{sign}on"}}

    assert save(client, report, posted).status_code == 200

    stored = draft_of(report, "stockpiles")
    values_now = stored.answers["parts"]["programme"]["values"]
    assert (values_now["status"]["text"], values_now["starts"]["raw"]) == ("Begun", "soon")
    assert {page for _version, page, _person in stored.changes.values()} == {"page"}


def test_signs_that_no_database_holds_are_left_out_of_a_posted_page(client, report):
    page = shown(client.get(address(report)))

    client.post(address(report), page | {"page": "pa\x00ge", f"cell:{STATUS}": "Be\x00gun", "do": "save"})

    assert values(report) == {"status": "Begun"}


def test_many_answers_are_kept_with_as_many_queries_as_one(by):
    base = filed(by=person(), year=2024, texts={"stockpiles": {STATUS: "Begun", METHODS: "Burning"}})
    report = start(by, how=StartFrom.SOME_CHANGED, base=base, changed=["stockpiles"])
    client = sign_in(Client(), by)

    def cost(places):
        write(report, "stockpiles", dict.fromkeys(places, "Other"), by=by, page="p")
        with CaptureQueriesContext(connection) as asked:
            answer = save(client, report, {"version": 99, "page": "p", "texts": {}, "keep": places})
        assert answer.status_code == 200
        return len(asked)

    assert cost([STATUS]) == cost([STATUS, METHODS])
    assert values(report) == {"status": "Begun", "methods": "Burning"}


def test_an_answer_is_not_kept_from_a_report_that_is_not_there(client, report):
    answer = save(client, report, {"version": 1, "page": "p", "texts": {}, "keep": [STATUS]})

    assert (answer.status_code, answer.json()) == (
        422,
        {"problem": "There is no earlier report to keep an answer from."},
    )


# Bounds

TOO_LONG = "x" * 50_001
SHORTEN = "This text has 50001 characters; there is room for 50000. Shorten it."


@pytest.mark.parametrize("place", [STATUS, "programme.yearly_rate"])
def test_a_page_with_a_text_that_is_too_long_comes_back_with_it_and_stores_the_rest(client, report, place):
    page = shown(client.get(address(report)))

    answer = client.post(
        address(report), page | {f"cell:{place}": TOO_LONG, f"cell:{METHODS}": "Burning", "do": "next"}
    )

    box = next(box for box in answer.context["page"].boxes if box.path == place)
    assert (answer.status_code, box.text, box.problem) == (422, TOO_LONG, SHORTEN)
    assert SHORTEN in answer.content.decode()
    assert values(report) == {"methods": "Burning"}
    client.post(address(report), shown(answer) | {f"cell:{place}": "12", "do": "save"})
    assert set(values(report)) == {"methods", place.partition(".")[2]}


def test_an_autosave_of_a_text_that_is_too_long_says_why_and_stores_the_rest(client, report):
    answer = save(client, report, {"version": 1, "page": "a", "texts": {STATUS: TOO_LONG, METHODS: "Burning"}})

    told = answer.json()
    assert answer.status_code == 422
    assert (told["version"], told["too_long"], told["problems"]) == (2, [STATUS], {STATUS: SHORTEN, METHODS: ""})
    assert values(report) == {"methods": "Burning"}


def test_a_text_that_is_too_long_is_told_beside_a_conflict(client, report):
    write(report, "stockpiles", {METHODS: "Theirs"}, by=person(), page="colleague")

    answer = save(client, report, {"version": 1, "page": "a", "texts": {STATUS: TOO_LONG, METHODS: "Mine"}})

    told = answer.json()
    assert answer.status_code == 409
    assert (told["too_long"], [one["path"] for one in told["conflicts"]]) == ([STATUS], [METHODS])
    assert told["problems"][STATUS] == SHORTEN


def test_a_save_beyond_what_the_portal_takes_is_refused_in_words(client, report, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    saved = save(client, report, {"version": 1, "page": "a", "texts": {STATUS: TOO_LONG}})
    posted = client.post(address(report), f"cell:{STATUS}={TOO_LONG}", content_type="application/x-www-form-urlencoded")

    assert (saved.status_code, posted.status_code) == (413, 413)
    assert "too much" in saved.json()["problem"]
    assert "too much" in posted.content.decode()


def test_a_table_takes_only_so_many_rows(client, report, by, monkeypatch):
    monkeypatch.setattr(section_edits, "MOST_ROWS", 1)
    add_row(report, "stockpiles", "stocks", {"munition_type": "RBK"}, by=by)

    answer = client.post(address(report), shown(client.get(address(report))) | {"do": "add:stocks"})

    assert answer.status_code == 422
    assert "has room for 1 row" in answer.content.decode()
    assert len(draft_of(report, "stockpiles").answers["parts"]["stocks"]["rows"]) == 1


def test_a_part_without_answers_can_be_kept_for_states_parties_too(client, report):
    page = client.get(address(report))

    shown_for = [part.id for part in page.context["page"].parts]
    assert all(f'id="{part}-withheld"' in page.content.decode() for part in shown_for)
    assert 'name="withheld"' not in client.get(address(report, key="header")).content.decode()
