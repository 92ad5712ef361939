"""Comments on a section's page: part of its one form, so that they work without script and nothing typed is lost."""

import pytest
from django.test import Client

from reporting.models import DraftComment
from tests import factories
from tests.reporting.support import add_row, draft_of, person
from tests.support import sign_in

pytestmark = pytest.mark.django_db

KEY = "risk_education"
SECTION = f"/my/lao-pdr/reports/2025/sections/{KEY}/"
PLACE = "warning.measures"
HERE = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def client(by, report):
    return sign_in(Client(), by)


def post(client, headers=None, **typed):
    page = client.get(SECTION).context
    seen = {"version": page["draft"].version, "page": page["page"].page, "was": page["page"].was_marks}
    return client.post(SECTION, seen | typed, headers={"origin": "http://testserver"} | (headers or {}))


def said() -> list[tuple[str, str]]:
    return list(DraftComment.objects.order_by("pk").values_list("path", "text"))


def texts(report):
    return {name: cell["text"] for name, cell in draft_of(report, KEY).answers["parts"]["warning"]["values"].items()}


def test_a_comment_is_added_with_all_else_that_was_typed(client, report):
    answer = post(
        client,
        **{
            f"cell:{PLACE}": "By radio",
            "comment:warning": "Since when?",
            "about:warning": PLACE,
            "do": "comment:warning",
        },
    )

    comment = DraftComment.objects.get()
    assert answer.headers["Location"] == f"{SECTION}#comment-{comment.pk}"
    assert said() == [(PLACE, "Since when?")]
    assert texts(report) == {"measures": "By radio"}


def test_it_stands_beside_its_box_in_its_part_or_over_the_section(client, by, report):
    row = add_row(report, KEY, "activities", {"activity": "Lessons"}, by=by)
    for path in ("", "warning", PLACE, f"activities.{row}.girls", "activities.gone.girls"):
        DraftComment.objects.create(
            section=draft_of(report, KEY), path=path, text=f"About {path}.", written_by=by, written_at=report.created_at
        )

    page = client.get(SECTION).context["page"]

    at_boxes = {box.path: [c.path for c in box.comments] for box in page.boxes if box.comments}
    assert at_boxes == {PLACE: [PLACE], f"activities.{row}.girls": [f"activities.{row}.girls"]}
    assert [c.path for c in page.talk.open_ones] == [""]
    by_part = {part.part.key: [c.path for c in part.talk.open_ones] for part in page.parts}
    assert by_part == {"activities": ["activities.gone.girls"], "warning": ["warning"]}
    words = client.get(SECTION).content.decode()
    assert words.count("About warning.measures.") == 1 and "a row that was removed" in words


def test_plain_saving_sends_the_comments_that_were_begun_since_their_boxes_do_not_come_back(client):
    post(client, **{"comment:": "The whole", "comment:warning": "This part", "do": "save"})
    assert said() == [("", "The whole"), ("warning", "This part")]


def test_another_button_keeps_the_comment_in_its_box(client, report):
    answer = post(client, **{"comment:warning": "Half a thou", "about:warning": PLACE, "do": "add:activities"})

    assert said() == []
    assert answer.status_code == 200
    talk = next(part.talk for part in answer.context["page"].parts if part.part.key == "warning")
    assert (talk.typed, talk.about) == ("Half a thou", PLACE)


def test_the_script_sends_one_comment_and_keeps_the_other_box(client):
    scripted = {"X-Section-Part": "1"}
    answer = post(client, scripted, **{"comment:": "Not yet", "comment:warning": "Send this", "do": "comment:warning"})
    assert said() == [("warning", "Send this")]
    assert answer.context["page"].talk.typed == "Not yet"
    assert answer.context["focus"] == f"comment-{DraftComment.objects.get().pk}"


def test_a_refused_comment_stays_in_its_box_with_the_reason_and_the_rest_is_stored(client, report):
    answer = post(client, **{f"cell:{PLACE}": "By radio", "comment:": "x" * 4001, "do": "comment:"})

    assert answer.status_code == 422
    talk = answer.context["page"].talk
    assert talk.typed == "x" * 4001 and "too long" in talk.problem
    assert texts(report) == {"measures": "By radio"}


def test_settled_comments_are_folded_and_can_be_opened_again(client, by):
    post(client, **{"comment:warning": "Since when?", "do": "comment:warning"})
    comment = DraftComment.objects.get()

    post(client, do=f"settle:{comment.pk}")
    comment.refresh_from_db()
    assert comment.settled_by == by
    page = client.get(SECTION)
    assert "1 settled comment" in page.content.decode()

    post(client, do=f"reopen:{comment.pk}")
    comment.refresh_from_db()
    assert comment.settled_at is None


@pytest.mark.parametrize("target", ["", "x", "999999999999999999999", "0"])
def test_a_comment_that_is_not_there_settles_nothing(client, target):
    assert post(client, do=f"settle:{target}").status_code == 302


def test_a_comment_of_another_section_is_not_settled_from_here(client, by, report):
    other = DraftComment.objects.create(
        section=draft_of(report, "stockpiles"), text="There", written_by=by, written_at=report.created_at
    )
    post(client, do=f"settle:{other.pk}")
    other.refresh_from_db()
    assert other.settled_at is None


def test_a_session_that_ended_gives_the_comment_back_and_takes_it_after_signing_in(client, by):
    page = client.get(SECTION).context
    client.logout()
    typed = {"version": 1, "page": "p", "was": page["page"].was_marks, "comment:warning": "Since when?"}
    answer = client.post(SECTION, typed | {"do": "comment:warning"}, **HERE)

    assert answer.status_code == 401
    words = answer.content.decode()
    assert '<textarea id="comment:warning" name="comment:warning"' in words and "Since when?" in words

    sign_in(client, by)
    client.post(SECTION, {"version": 1, "page": "p", "comment:warning": "Since when?", "do": "save"}, **HERE)
    assert said() == [("warning", "Since when?")]


def test_a_colleague_sees_and_answers_the_comments_of_the_section_lent_to_them(client, by, report):
    post(client, **{"comment:warning": "Since when?", "do": "comment:warning"})
    DraftComment.objects.create(
        section=draft_of(report, "stockpiles"), text="Elsewhere", written_by=by, written_at=report.created_at
    )
    colleague = factories.UserFactory()
    factories.lend(draft_of(report, KEY), colleague)
    theirs = sign_in(Client(), colleague)

    words = theirs.get(SECTION).content.decode()
    assert "Since when?" in words and "Elsewhere" not in words
    post(theirs, **{"comment:warning": "Since May", "do": "comment:warning"})
    assert DraftComment.objects.get(text="Since May").written_by == colleague


def test_a_page_costs_as_many_queries_with_ten_comments_as_with_none(client, by, report, django_assert_max_num_queries):
    client.get(SECTION)
    with django_assert_max_num_queries(40) as without:
        client.get(SECTION)
    for number in range(10):
        DraftComment.objects.create(
            section=draft_of(report, KEY), text=f"{number}", written_by=person(), written_at=report.created_at
        )
    with django_assert_max_num_queries(len(without)):
        client.get(SECTION)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ settings.SECRET_KEY }}", "=HYPERLINK(1)"])
def test_whatever_a_comment_says_is_text(client, text):
    post(client, **{"comment:": text, "do": "comment:"})
    assert "<script>alert" not in client.get(SECTION).content.decode()
    assert client.get(SECTION).context["page"].talk.open_ones[0].text == text


def test_a_place_longer_than_any_of_the_form_is_refused_with_the_text_kept(client):
    typed = {"comment:activities": "As of May?", "about:activities": f"activities.{'r' * 300}.activity"}

    answer = post(client, **typed, do="comment:activities")

    assert answer.status_code == 422
    assert "As of May?" in answer.content.decode() and said() == []
