"""Comments between colleagues: said at a place, settled, and gone from what is filed."""

import pytest

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from ccm_portal.core.models import RegisterEntry
from ccm_portal.core.work_items import work_items_for
from reporting.domain import comments
from reporting.models import DraftComment, ReportVersion
from tests import factories
from tests.reporting.support import complete, draft_of, file, person, start

pytestmark = pytest.mark.django_db

NOW = clock.now()


@pytest.fixture
def section(by):
    return draft_of(start(by), "risk_education")


def say(section, text="Whose figure is this?", path="", *, by):
    return comments.comment(section=section, path=path, text=text, by=by, at=NOW)


@pytest.mark.parametrize("path", ["", "warning", "warning.measures", "activities", "activities.r1.girls"])
def test_a_comment_is_about_the_section_a_part_or_a_cell(path, by, section):
    say(section, path=path, by=by)
    assert [(c.path, c.text, c.written_by) for c in DraftComment.objects.all()] == [(path, "Whose figure is this?", by)]


@pytest.mark.parametrize(
    ("path", "text"),
    [("", "  \n"), ("", "x" * 4001), ("nothing", "Here"), ("warning.nothing", "Here"), ("activities.girls", "Here")],
)
def test_what_says_nothing_or_stands_nowhere_is_refused(path, text, by, section):
    with pytest.raises(comments.CommentRefused):
        say(section, text, path, by=by)
    assert not DraftComment.objects.exists()


def test_the_same_words_sent_twice_are_one_comment(by, section):
    first = say(section, by=by)
    assert say(section, by=by) == first
    comments.settle(comment=first, by=by, at=NOW)
    assert say(section, by=by) != first


def test_a_comment_is_settled_and_opened_again(by, section):
    said = say(section, by=by)
    colleague = person()

    comments.settle(comment=said, by=colleague, at=NOW)
    comments.settle(comment=said, by=by, at=NOW)
    said.refresh_from_db()
    assert (said.settled_by, said.settled_at) == (colleague, NOW)

    comments.reopen(comment=said, by=by, at=NOW)
    said.refresh_from_db()
    assert (said.settled_by, said.settled_at) == (None, None)


def test_filing_deletes_every_comment_and_nothing_that_is_filed_holds_one(by, section):
    report = section.report
    say(section, "CANARY remark", by=by)
    comments.settle(comment=say(section, "CANARY settled", "warning", by=by), by=by, at=NOW)
    other = say(draft_of(start(by, year=2024), "risk_education"), "Stays", by=by)

    version = file(complete(report, by=by), by=person())

    assert list(DraftComment.objects.all()) == [other]
    stored = ReportVersion.objects.values().get(pk=version.pk)
    assert "CANARY" not in str(stored)
    assert "CANARY" not in str(list(RegisterEntry.objects.values_list("payload", flat=True)))
    with pytest.raises(comments.CommentRefused):
        say(section, by=by)


def test_the_others_find_one_line_on_their_desk_and_whoever_said_it_none(by, section):
    say(section, by=by)
    say(section, "And this?", "warning", by=by)
    colleague = factories.UserFactory()
    factories.lend(section, colleague)

    def lines(user):
        return [item.label for item in work_items_for(user, on=NOW.date()) if "comment" in item.label]

    assert lines(by) == []
    assert lines(person()) == ["2 comments of colleagues in a draft"]
    assert lines(colleague) == ["2 comments of colleagues in a draft"]
    assert lines(factories.person(Role.ISO_STAFF)) == []
