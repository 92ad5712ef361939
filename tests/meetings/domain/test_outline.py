"""The outline on the desk: what can be done to it, who is stopped, and how all of it is undone."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.domain import agenda_publishing, agenda_reading, outline, outline_edits, outline_starts, steps
from meetings.domain.agenda_publishing import AgendaChanged, AgendaRefused
from meetings.domain.outline_edits import Seen
from meetings.enums import ItemKind
from meetings.models import Agenda, AgendaItem, AgendaRevision, Meeting
from tests import factories
from tests.committees.factories import body
from tests.meetings.factories import A_MOMENT, agenda, item, meeting, sittings

pytestmark = pytest.mark.django_db


def seen(of: Meeting, version: int | None = None) -> Seen:
    return Seen(of, version or Agenda.objects.get_or_create(meeting=of)[0].version, None, A_MOMENT)


def told(of: Meeting) -> list[str]:
    return [one.label for one in agenda_reading.desk_items(of)]


def four() -> tuple[Meeting, list[int]]:
    of = meeting()
    return of, [item(of, title).code for title in ("One", "Two", "Three", "Four")]


def test_items_move_up_down_in_out_and_to_a_place():
    of, (one, two, three, four_) = four()

    outline_edits.move(seen(of), code=three, way="up")
    assert told(of) == ["1 One", "2 Three", "3 Two", "4 Four"]
    outline_edits.move(seen(of), code=two, way="in")
    outline_edits.move(seen(of), code=four_, way="in")
    assert told(of) == ["1 One", "2 Three", "2(a) Two", "2(b) Four"]
    outline_edits.move(seen(of), code=four_, way="in")
    assert told(of) == ["1 One", "2 Three", "2(a) Two", "2(a)(i) Four"]
    outline_edits.move(seen(of), code=two, way="out")
    assert told(of) == ["1 One", "2 Three", "3 Two", "3(a) Four"]
    outline_edits.move_to(seen(of), code=one, under=two, place=0)
    assert told(of) == ["1 Three", "2 Two", "2(a) One", "2(b) Four"]
    outline_edits.move_to(seen(of), code=one, under=None, place=99)
    assert told(of) == ["1 Three", "2 Two", "2(a) Four", "3 One"]


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("up", "This item is the first here already."),
        ("in", "There is no item before this one under which it could stand."),
        ("out", "This item stands at the top level already."),
        ("sideways", "There is no such place."),
    ],
)
def test_where_there_is_no_place_a_sentence_says_so_and_nothing_is_written(way, words):
    of, (one, *_rest) = four()

    with pytest.raises(AgendaRefused, match=words):
        outline_edits.move(seen(of), code=one, way=way)

    assert told(of) == ["1 One", "2 Two", "3 Three", "4 Four"]
    assert agenda(of).version == 1


def test_an_item_is_not_moved_under_itself_nor_under_what_is_below_it():
    of, (one, two, *_rest) = four()
    outline_edits.move(seen(of), code=two, way="in")

    with pytest.raises(AgendaRefused, match="An item cannot stand under itself."):
        outline_edits.move_to(seen(of), code=one, under=one, place=0)
    with pytest.raises(AgendaRefused, match="“Two” stands under “One”. An item cannot move below what is below it."):
        outline_edits.move_to(seen(of), code=one, under=two, place=0)


def test_there_is_no_fourth_level():
    of, (one, two, three, four_) = four()
    outline_edits.move(seen(of), code=two, way="in")
    outline_edits.move_to(seen(of), code=four_, under=three, place=0)

    with pytest.raises(AgendaRefused, match="on a fourth"):
        outline_edits.move_to(seen(of), code=three, under=two, place=0)
    outline_edits.move_to(seen(of), code=three, under=one, place=0)
    with pytest.raises(AgendaRefused, match="on a fourth"):
        outline_edits.add(seen(of), fields={"words": {"en": {"title": "Deep"}}}, under=four_)

    assert told(of) == ["1 One", "1(a) Three", "1(a)(i) Four", "1(b) Two"]


def test_the_words_of_one_language_leave_the_others_alone():
    of, (one, *_rest) = four()

    outline_edits.edit(
        seen(of), code=one, fields={"words": {"fr": {"title": " Un \n point ", "text": "Texte\r\nlong"}}}
    )

    assert AgendaItem.objects.get(code=one).words == {
        "en": {"title": "One", "text": ""},
        "fr": {"title": "Un point", "text": "Texte\nlong"},
    }
    with pytest.raises(AgendaRefused, match="Give the item a title."):
        outline_edits.edit(
            seen(of), code=one, fields={"words": {"en": {"title": ""}, "fr": {"title": "", "text": "Texte"}}}
        )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"minutes": 1441}, "at most 1440 minutes"),
        ({"speakers": 501}, "At most 500 speakers"),
        ({"kind": "party"}, "no such kind"),
        ({"words": {"tlh": {"title": "x"}}}, "no such language"),
        ({"words": {"en": {"title": "x" * 301}}}, "at most 300 characters"),
    ],
)
def test_what_no_agenda_can_hold_is_refused_in_words(fields, words):
    of, (one, *_rest) = four()

    with pytest.raises(AgendaRefused, match=words):
        outline_edits.edit(seen(of), code=one, fields=fields)


def test_whoever_comes_second_is_told_who_did_what():
    of, (one, two, *_rest) = four()
    colleague = factories.person()
    before = seen(of)
    outline_edits.move(Seen(of, before.version, colleague, A_MOMENT), code=two, way="up")

    with pytest.raises(AgendaChanged, match=f"{colleague.name} moved “Two” since you opened the page."):
        outline_edits.edit(before, code=one, fields={"minutes": 5})

    assert AgendaItem.objects.get(code=one).minutes == 30


def test_each_step_is_undone_and_redone_one_by_one():
    of, (one, two, three, _four) = four()
    states = [snapshot(of)]
    for act in (
        lambda: outline_edits.move(seen(of), code=two, way="in"),
        lambda: outline_edits.edit(seen(of), code=one, fields={"minutes": 7, "lead_body": body("clearance").pk}),
        lambda: outline_edits.remove(seen(of), code=one),
        lambda: outline_edits.add(seen(of), fields={"words": {"en": {"title": "Five"}}}, under=three),
        lambda: outline_edits.edit_many(seen(of), changes={three: {"minutes": 9}}, minutes_per_speaker=3),
    ):
        act()
        states.append(snapshot(of))
    labels = []
    for expected in reversed(states[:-1]):
        labels.append(steps.in_words(outline.undoable(agenda(of))))
        outline.undo(meeting=of, version=agenda(of).version, by=None, at=A_MOMENT)
        assert snapshot(of) == expected
    assert labels == [
        "changed the minutes of “Three”",
        "added “Five”",
        "removed “One”",
        "changed “One”",
        "moved “Two”",
    ]
    with pytest.raises(AgendaRefused, match="There is nothing to undo."):
        outline.undo(meeting=of, version=agenda(of).version, by=None, at=A_MOMENT)
    for expected in states[1:]:
        outline.redo(meeting=of, version=agenda(of).version, by=None, at=A_MOMENT)
        assert snapshot(of) == expected
    with pytest.raises(AgendaRefused, match="There is nothing to redo."):
        outline.redo(meeting=of, version=agenda(of).version, by=None, at=A_MOMENT)


def test_a_new_change_lets_go_of_what_was_undone():
    of, (one, two, *_rest) = four()
    outline_edits.move(seen(of), code=two, way="up")
    outline.undo(meeting=of, version=agenda(of).version, by=None, at=A_MOMENT)

    outline_edits.edit(seen(of), code=one, fields={"minutes": 1})

    assert outline.redoable(agenda(of)) is None
    assert steps.in_words(outline.undoable(agenda(of))) == "changed the minutes of “One”"


def test_a_sitting_that_was_taken_away_since_does_not_stop_undoing():
    of, (one, *_rest) = four()
    sits = sittings(of)
    outline_edits.edit(seen(of), code=one, fields={"sitting": sits[0].pk})
    outline_edits.remove(seen(of), code=one)
    sits[0].delete()

    outline.undo(meeting=of, version=agenda(of).version, by=None, at=A_MOMENT)

    assert told(of) == ["1 One", "2 Two", "3 Three", "4 Four"]
    assert AgendaItem.objects.get(code=one).sitting is None


def test_what_changes_nothing_is_no_step():
    of, (one, *_rest) = four()

    outline_edits.edit(seen(of), code=one, fields={"minutes": 30})

    assert (agenda(of).version, agenda(of).steps.count()) == (1, 0)


def test_a_template_begins_an_empty_outline_and_one_undo_takes_it_back():
    of = meeting()
    sittings(of)

    outline_starts.from_template(seen(of), key="msp")

    items = agenda_reading.desk_items(of)
    assert [one.label for one in items if one.depth == 0][:5] == [
        "Opening addresses",
        "1 Adoption of the agenda and of the annotated programme of work",
        "2 Confirmation of the rules of procedure",
        "3 Appointment of the Secretary-General of the meeting",
        "4 Election of the Vice-Presidents",
    ]
    assert [one.number for one in items if one.kind == ItemKind.COMPLIANCE] == ["6(i)"]
    assert all(one.sitting for one in items)
    with pytest.raises(AgendaRefused, match="has items already"):
        outline_starts.from_template(seen(of), key="intersessional")
    outline.undo(meeting=of, version=agenda(of).version, by=None, at=A_MOMENT)
    assert told(of) == []


def test_last_time_begins_the_next_one_without_its_requests():
    last = meeting("13msp", ordinal=13, year=2025)
    above = item(last, "Requests", kind=ItemKind.EXTENSION_REQUEST)
    item(last, "Request of Lao PDR", parent=above, about_state=factories.state("LAO"))
    item(last, "Clearance", lead_body=body("clearance"))
    agenda_publishing.publish(meeting=last, version=agenda(last).version, by=None, at=A_MOMENT)
    item(last, "Only on the desk")
    of = meeting()

    outline_starts.from_meeting(seen(of), other=last)

    assert [(one.label, one.lead) for one in agenda_reading.desk_items(of)] == [
        ("1 Requests", ""),
        ("2 Clearance", "Clearance"),
    ]
    with pytest.raises(AgendaRefused, match="First Meeting of States Parties has no agenda yet."):
        outline_starts.from_meeting(seen(meeting("15msp")), other=meeting("1msp", ordinal=1))


def test_an_unchanged_outline_is_not_published_again():
    of, _codes = four()
    agenda_publishing.publish(meeting=of, version=agenda(of).version, by=None, at=A_MOMENT)

    with pytest.raises(AgendaRefused, match="Nothing has changed since revision 1."):
        agenda_publishing.publish(meeting=of, version=agenda(of).version, by=None, at=A_MOMENT)
    with pytest.raises(AgendaChanged, match="The outline has changed since you opened the page."):
        agenda_publishing.publish(meeting=of, version=7, by=None, at=A_MOMENT)
    with pytest.raises(AgendaRefused, match="There is no item yet."):
        agenda_publishing.publish(meeting=meeting("15msp"), version=1, by=None, at=A_MOMENT)

    assert AgendaRevision.objects.count() == 1


def snapshot(of: Meeting) -> tuple:
    return outline.read(agenda(of)).rows, agenda(of).minutes_per_speaker


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["up", "down", "in", "out", "to", "add", "remove", "undo", "redo"]),
        st.integers(1, 9),
        st.integers(0, 9),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_is_done_the_outline_stays_whole_and_undoes_to_its_beginning(acts):
    Meeting.objects.filter(key="14msp").delete() if not AgendaRevision.objects.exists() else None
    of, _codes = four()
    began = snapshot(of)
    for act, code, other in acts:
        try:
            if act in ("up", "down", "in", "out"):
                outline_edits.move(seen(of), code=code, way=act)
            elif act == "to":
                outline_edits.move_to(seen(of), code=code, under=other or None, place=code % 3)
            elif act == "add":
                outline_edits.add(seen(of), fields={"words": {"en": {"title": f"N{code}"}}}, under=other or None)
            elif act == "remove":
                outline_edits.remove(seen(of), code=code)
            else:
                getattr(outline, act)(meeting=of, version=agenda(of).version, by=None, at=A_MOMENT)
        except AgendaRefused:
            continue
        lines = outline.read(agenda(of))
        order = outline.in_reading_order(lines)
        assert sorted(order) == sorted(lines.rows)
        assert all(lines.depth(one) <= 2 for one in order)
        for under in {None, *lines.rows}:
            places = [lines.rows[one]["position"] for one in lines.children(under)]
            assert places == list(range(len(places)))
    while outline.undoable(agenda(of)):
        outline.undo(meeting=of, version=agenda(of).version, by=None, at=A_MOMENT)
    assert snapshot(of) == began
