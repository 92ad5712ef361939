"""Writing in a section: what is stored, what conflicts, what is never lost."""

from datetime import UTC, datetime, timedelta

import pytest

from reporting.domain import filing, sections
from reporting.domain.section_edits import EditRefused
from reporting.domain.sections import DraftClosed, Seen, StaleSection
from reporting.enums import Standing, StartFrom
from reporting.form.parts import UnknownPlace
from tests.reporting.support import IN_TIME, add_row, complete, draft_of, file, filed, page, person, start, write

pytestmark = pytest.mark.django_db

STATUS, METHODS = "programme.status", "programme.methods"
LATER = IN_TIME + timedelta(minutes=5)


def save(report, seen, texts, *, by, key="stockpiles", at=IN_TIME, **more):
    return sections.save_cells(draft=draft_of(report, key), seen=seen, texts=texts, by=by, at=at, **more)


def values(report, part="programme", key="stockpiles"):
    return {name: cell.get("text") for name, cell in draft_of(report, key).answers["parts"][part]["values"].items()}


def test_a_text_is_stored_and_makes_the_section_changed(report, by):
    saved = save(report, Seen(version=1, page="a"), {STATUS: "Begun"}, by=by)

    draft = draft_of(report, "stockpiles")
    assert (draft.version, draft.standing, draft.updated_by, draft.updated_at) == (2, "changed", by, IN_TIME)
    assert values(report) == {"status": "Begun"}
    assert saved.draft.version == 2


def test_the_same_text_again_changes_nothing(report, by):
    save(report, Seen(version=1, page="a"), {STATUS: "Begun"}, by=by)
    saved = save(report, Seen(version=1, page="a"), {STATUS: "Begun"}, by=by, at=LATER)

    assert saved.draft.version == 2
    assert draft_of(report, "stockpiles").updated_at == IN_TIME


def test_two_people_on_two_fields_of_one_section_both_keep_their_text(report, by):
    save(report, Seen(version=1, page="a"), {STATUS: "Begun"}, by=by)
    save(report, Seen(version=1, page="b"), {METHODS: "Burning"}, by=person())

    assert values(report) == {"status": "Begun", "methods": "Burning"}


def test_on_the_same_field_the_later_save_is_shown_both_texts_and_its_other_fields_are_stored(report, by):
    save(report, Seen(version=1, page="a"), {STATUS: "Begun"}, by=by)

    with pytest.raises(StaleSection) as stale:
        save(report, Seen(version=1, page="b"), {STATUS: "Finished", METHODS: "Burning"}, by=person())

    assert [(c.path, c.mine, c.theirs, c.theirs_by) for c in stale.value.conflicts] == [
        (STATUS, "Finished", "Begun", by.pk)
    ]
    assert values(report) == {"status": "Begun", "methods": "Burning"}


def test_whoever_has_seen_the_other_text_may_replace_it(report, by):
    save(report, Seen(version=1, page="a"), {STATUS: "Begun"}, by=by)
    save(report, Seen(version=2, page="b"), {STATUS: "Finished"}, by=person())

    assert values(report) == {"status": "Finished"}


def test_a_retry_and_a_slow_save_of_ones_own_page_do_not_conflict(report, by):
    seen = Seen(version=1, page="a")
    save(report, seen, {STATUS: "Beg"}, by=by)
    save(report, seen, {STATUS: "Beg"}, by=by)
    save(report, seen, {STATUS: "Begun"}, by=by)

    assert values(report) == {"status": "Begun"}


def test_a_second_tab_with_other_fields_does_not_conflict(report, by):
    save(report, Seen(version=1, page="tab 1"), {STATUS: "Begun"}, by=by)
    save(report, Seen(version=1, page="tab 2"), {METHODS: "Burning"}, by=by)
    save(report, Seen(version=1, page="tab 1"), {STATUS: "Begun again"}, by=by)

    assert values(report) == {"status": "Begun again", "methods": "Burning"}


def test_the_same_answer_in_other_words_is_no_conflict(report, by):
    save(report, Seen(version=1, page="a"), {"programme.yearly_rate": "1,200"}, by=by)
    saved = save(report, Seen(version=1, page="b"), {"programme.yearly_rate": "1 200"}, by=person())

    assert saved.draft.version == 2


def test_text_that_cannot_be_read_is_kept_with_its_problem(report, by):
    save(report, Seen(version=1), {"programme.yearly_rate": "a great many"}, by=by)

    cell = draft_of(report, "stockpiles").answers["parts"]["programme"]["values"]["yearly_rate"]
    assert (cell["is"], cell["raw"]) == ("unreadable", "a great many")
    assert cell["problem"].endswith(".")


def test_a_place_that_is_not_in_the_form_is_refused(report, by):
    with pytest.raises(UnknownPlace):
        save(report, Seen(version=1), {"programme.owner": "me"}, by=by)


def test_rows_are_added_moved_removed_and_put_back(report, by):
    ids = [add_row(report, "stockpiles", "stocks", {"munition_type": name, "munitions": "0"}, by=by) for name in "ABC"]

    def names():
        rows = draft_of(report, "stockpiles").answers["parts"]["stocks"]["rows"]
        return [row["cells"]["munition_type"]["text"] for row in rows]

    def press(act, row):
        page(draft_of(report, "stockpiles"), act=act, place=f"stocks.{row}", by=by)

    press("up", ids[2])
    assert names() == ["A", "C", "B"]
    press("remove", ids[0])
    assert names() == ["C", "B"]
    press("restore", ids[0])
    assert names() == ["A", "C", "B"]


def test_text_for_a_row_that_a_colleague_removed_comes_back(report, by):
    row = add_row(report, "stockpiles", "stocks", {"munition_type": "RBK"}, by=by)
    draft = draft_of(report, "stockpiles")
    page(draft, act="remove", place=f"stocks.{row}", seen=Seen(version=draft.version, page="b"), by=by)

    with pytest.raises(StaleSection) as stale:
        save(report, Seen(version=2, page="a"), {f"stocks.{row}.munitions": "150"}, by=person())

    assert [(c.path, c.mine, c.theirs) for c in stale.value.conflicts] == [(f"stocks.{row}.munitions", "150", None)]


def test_a_row_in_which_a_colleague_has_written_since_is_not_removed(report, by):
    row = add_row(report, "stockpiles", "stocks", {"munition_type": "RBK"}, by=by)
    seen = Seen(version=draft_of(report, "stockpiles").version, page="b")
    write(report, "stockpiles", {f"stocks.{row}.munitions": "150"}, by=by, page="a")

    with pytest.raises(StaleSection):
        page(draft_of(report, "stockpiles"), act="remove", place=f"stocks.{row}", seen=seen, by=person())

    assert len(draft_of(report, "stockpiles").answers["parts"]["stocks"]["rows"]) == 1


def test_nothing_to_report_is_refused_while_there_are_rows(report, by):
    add_row(report, "stockpiles", "stocks", {"munition_type": "RBK"}, by=by)
    draft = draft_of(report, "stockpiles")

    with pytest.raises(EditRefused):
        page(draft, by=by, nones={"stocks": True}, texts={STATUS: "kept"})

    assert values(report) == {"status": "kept"}


def test_the_earlier_answer_is_kept_with_its_origin(by):
    base = filed(person(), year=2023, at=datetime(2024, 4, 1, tzinfo=UTC), texts={"stockpiles": {STATUS: "As in 2023"}})
    report = start(by, base=base)  # an empty form, with the earlier report beside it
    draft = draft_of(report, "stockpiles")

    page(draft, act="keep", place=STATUS, by=by)

    assert draft_of(report, "stockpiles").answers["parts"]["programme"]["values"]["status"] == {
        "is": "given",
        "text": "As in 2023",
        "from": "carried:2023",
    }


def test_the_earlier_rows_come_back_beside_those_that_are_there(by):
    approver = person()
    earlier = start(approver, year=2023, at=datetime(2024, 4, 1, tzinfo=UTC))
    add_row(earlier, "stockpiles", "stocks", {"munition_type": "RBK", "munitions": "4"}, by=approver)
    base = file(complete(earlier, by=approver), by=approver, at=datetime(2024, 4, 1, tzinfo=UTC))
    report = start(by, base=base)

    page(draft_of(report, "stockpiles"), by=by, act="keep", place="stocks")

    rows = draft_of(report, "stockpiles").answers["parts"]["stocks"]["rows"]
    assert [row["cells"]["munition_type"]["text"] for row in rows] == ["RBK"]


def test_writing_in_an_unchanged_section_makes_it_changed(by):
    base = filed(person(), year=2023, at=datetime(2024, 4, 1, tzinfo=UTC), texts={"stockpiles": {STATUS: "Old"}})
    report = start(by, how=StartFrom.NOTHING_CHANGED, base=base)

    write(report, "stockpiles", {STATUS: "New"}, by=by)

    draft = draft_of(report, "stockpiles")
    assert (draft.standing, draft.unchanged_since) == (Standing.CHANGED, None)


def test_unchanged_sets_the_typed_text_aside_without_losing_it(by):
    base = filed(person(), year=2023, at=datetime(2024, 4, 1, tzinfo=UTC), texts={"stockpiles": {STATUS: "Old"}})
    report = start(by, how=StartFrom.SOME_CHANGED, base=base, changed=["stockpiles"])
    write(report, "stockpiles", {STATUS: "New"}, by=by)
    page(draft_of(report, "stockpiles"), by=by, standing=Standing.UNCHANGED)
    page(draft_of(report, "stockpiles"), by=by, standing=Standing.CHANGED)

    assert values(report) == {"status": "New"}


def test_unchanged_is_refused_while_a_colleagues_new_text_is_unseen(by):
    base = filed(person(), year=2023, at=datetime(2024, 4, 1, tzinfo=UTC), texts={"stockpiles": {STATUS: "Old"}})
    report = start(by, how=StartFrom.SOME_CHANGED, base=base, changed=["stockpiles"])
    write(report, "stockpiles", {STATUS: "New"}, by=person(), page="theirs")

    with pytest.raises(EditRefused):
        page(
            draft_of(report, "stockpiles"),
            seen=Seen(version=1, page="mine"),
            standing=Standing.UNCHANGED,
            by=by,
        )


def test_national_measures_always_apply(report, by):
    with pytest.raises(EditRefused):
        page(draft_of(report, "national_measures"), by=by, standing=Standing.NOT_APPLICABLE)


def test_a_filed_report_takes_no_more_text(by):
    approver = person()
    report = start(by)
    file(complete(report, by=approver), by=approver)

    with pytest.raises(DraftClosed):
        save(report, Seen(version=9), {STATUS: "Too late"}, by=by)


def saved_after_filing(by):
    approver = person()
    report = complete(start(by), by=approver)
    before = draft_of(report, "stockpiles")
    version = file(report, by=approver)
    sections.save_cells(draft=before, seen=Seen(version=1), texts={STATUS: "In between"}, by=by, at=IN_TIME)
    return version


def test_a_save_that_had_begun_before_the_filing_finds_it_filed(by):
    with pytest.raises(DraftClosed):
        saved_after_filing(by)


def test_raising_the_versions_is_what_stops_such_a_save(by, monkeypatch):
    monkeypatch.setattr(filing, "closed_to_saves", lambda report: list(report.sections.all()))

    version = saved_after_filing(by)

    assert "In between" not in version.content  # told "saved", and not in what was filed
