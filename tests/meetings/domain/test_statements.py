"""Statement texts: held until given or released, then everybody's; what is held is the delegation's alone."""

import pytest

from ccm_portal.core.enums import Role
from ccm_portal.core.file_kinds import FileRefused
from ccm_portal.core.models import RegisterEntry
from ccm_portal.core.words import CONFIGURATIONS, said
from ccm_portal.core.workflow import TransitionRefused
from meetings.domain import floor, statements
from meetings.domain.floor_room import FloorChanged, FloorRefused
from meetings.domain.statements import Given
from meetings.enums import SlotKind, StatementStatus
from meetings.models import Statement, StatementText
from meetings.rules_room import own_statements, public_statements, public_texts, speaking_delegations
from tests.factories import person
from tests.meetings.room import AT, later, the_room

pytestmark = pytest.mark.django_db


def acts():
    return list(
        RegisterEntry.objects.filter(action__startswith="meetings.statement.")
        .order_by("number")
        .values_list("action", flat=True)
    )


def test_a_text_is_public_once_it_has_been_given_and_not_before():
    room = the_room()
    slot = room.ask("NOR")
    statement = room.hand_in("NOR", "We have cleared everything.")
    assert (statement.slot, list(public_statements()), acts()) == (slot, [], [])

    room.call(slot)
    room.do("start", slot)
    assert list(public_statements()) == []
    room.do("stop", slot, at=later(minutes=4))

    assert list(public_statements()) == [statement]
    assert public_statements().get().published_at == later(minutes=4)
    assert acts() == ["meetings.statement.publish"]


def test_a_text_to_be_released_waits_for_its_delegation():
    room = the_room()
    statement = room.hand_in("NOR", "Check against delivery.", release="when_released")
    room.speak("NOR", minutes=4)
    assert list(public_statements()) == []

    statements.release(statement=statement, version=1, by=room.chair, at=AT)

    assert list(public_statements()) == [statement]


def test_a_text_handed_in_after_it_was_given_is_public_at_once():
    room = the_room()
    slot = room.speak("NOR", minutes=4)

    statement = room.hand_in("NOR", "As delivered.")

    assert (statement.slot, statement.status) == (slot, StatementStatus.PUBLISHED)


def test_a_text_handed_in_first_goes_with_the_request_that_comes_later_but_not_with_a_reply():
    room = the_room()
    statement = room.hand_in("NOR", "Handed in early.")
    room.ask("NOR", kind=SlotKind.REPLY)
    assert Statement.objects.get().slot is None

    slot = room.ask("NOR")

    assert Statement.objects.get(pk=statement.pk).slot == slot


def test_a_text_survives_its_withdrawn_request_and_goes_with_the_next():
    room = the_room()
    slot = room.ask("NOR")
    room.hand_in("NOR", "Still true.")
    floor.withdraw(meeting=room.meeting, slot=slot, by=room.chair, at=AT)

    again = room.speak("NOR", minutes=2)

    assert (Statement.objects.get().slot, Statement.objects.get().status) == (again, "published")


def test_a_groups_text_goes_with_the_groups_statement():
    room = the_room()
    national = room.ask("NOR")
    group = room.ask("NOR", kind=SlotKind.GROUP, on_behalf_of="the Nordic States")

    ours = room.hand_in("NOR", "Ours.")
    theirs = room.hand_in("NOR", "Theirs.", on_behalf_of="The Nordic States")

    assert (ours.slot, theirs.slot) == (national, group)


def test_languages_are_added_and_a_published_text_is_corrected_on_record():
    room = the_room()
    room.speak("NOR", minutes=2)
    statement = room.hand_in("NOR", "We have 3 teams.")
    change = {"statement": statement, "by": room.chair, "at": AT}
    statements.put_text(**change, given=Given("fr", "Nous avons 4 équipes."), version=2)
    statements.put_text(**change, given=Given("en", "We have 4 teams."), version=3)

    with pytest.raises(FloorChanged, match="Your text is kept"):
        statements.put_text(**change, given=Given("en", "We have 5 teams."), version=3)
    assert dict(StatementText.objects.values_list("language", "text")) == {
        "fr": "Nous avons 4 équipes.",
        "en": "We have 4 teams.",
    }
    assert acts() == ["meetings.statement.publish", "meetings.statement.correct", "meetings.statement.correct"]


def test_a_withdrawn_statement_is_gone_for_all_others_and_only_a_published_one_leaves_an_act():
    room = the_room()
    held = room.hand_in("IRL", "Never said.")
    statements.withdraw(statement=held, version=1, by=room.chair, at=AT)
    assert acts() == []
    room.speak("NOR", minutes=2)
    statement = room.hand_in("NOR", "Said and regretted.")

    statements.withdraw(statement=statement, version=2, by=room.chair, at=AT)

    assert (list(public_statements()), list(public_texts())) == ([], [])
    assert acts() == ["meetings.statement.publish", "meetings.statement.withdraw"]
    with pytest.raises(FloorRefused, match="This statement was withdrawn."):
        statements.release(statement=statement, version=3, by=room.chair, at=AT)


def test_nothing_too_much_and_what_is_no_text_are_refused_in_words():
    room = the_room()
    hand_in = {
        "meeting": room.meeting,
        "code": room.code,
        "delegation": room.delegations["NOR"],
        "release": "when_given",
        "by": room.chair,
        "at": AT,
    }

    with pytest.raises(FloorRefused, match="Write the statement, or choose its file."):
        statements.hand_in(**hand_in, given=Given("en", " \n"))
    with pytest.raises(FloorRefused, match="at most 60000 characters"):
        statements.hand_in(**hand_in, given=Given("en", "a" * 60_001))
    with pytest.raises(FileRefused):
        statements.hand_in(**hand_in, given=Given("en", "", "run.pdf", b"<script>alert(1)</script>"))
    with pytest.raises(FloorRefused, match="The published agenda has no such item."):
        statements.hand_in(**hand_in | {"code": 99}, given=Given("en", "Hello."))
    assert Statement.objects.count() == 0


def test_when_a_held_text_becomes_public_can_be_changed_while_it_is_held():
    room = the_room()
    statement = room.hand_in("NOR", "Later.", release="when_released")
    room.speak("NOR", minutes=2)
    assert Statement.objects.get().status == StatementStatus.HELD

    statement = Statement.objects.get()
    change = {"statement": statement, "when": "when_given", "by": room.chair, "at": AT}
    assert statements.set_release(**change, version=statement.version).status == "published"
    with pytest.raises(FloorRefused, match="This statement is public already."):
        statements.set_release(**change, version=Statement.objects.get().version)


def test_a_held_text_is_seen_by_its_delegation_and_the_iso_and_by_nobody_else():
    room = the_room()
    statement = room.hand_in("NOR", "Not yet.")
    of_the_cmc = room.hand_in("cmc", "Nor this.")

    seen = {
        "Norway": list(own_statements(person(Role.DRAFTER, "NOR"))),
        "Ireland": list(own_statements(person(Role.HEAD_OF_DELEGATION, "IRL"))),
        "CMC": list(own_statements(person(Role.OBSERVER, "cmc"))),
        "ISO": sorted(own_statements(person(Role.ISO_STAFF, "iso")), key=lambda one: one.pk),
        "chair": list(own_statements(room.chair)),
        "public": list(public_statements()),
    }

    assert seen == {
        "Norway": [statement],
        "Ireland": [],
        "CMC": [of_the_cmc],
        "ISO": [statement, of_the_cmc],
        "chair": [],
        "public": [],
    }


def test_who_speaks_for_whom():
    room = the_room()

    def names(user):
        return sorted(str(one) for one in speaking_delegations(user, room.meeting))

    assert names(person(Role.DRAFTER, "NOR")) == ["Norway"]
    assert names(person(Role.OBSERVER, "cmc")) == ["Cluster Munition Coalition"]
    assert names(person(Role.ISO_STAFF, "iso")) == ["Cluster Munition Coalition", "Ireland", "Norway"]
    assert names(person(Role.DRAFTER, "LAO")) == []
    assert names(person(Role.COMMITTEE_LEADER, "NOR")) == []


def test_words_are_found_in_the_forms_of_their_language_and_chinese_by_a_part():
    room = the_room()
    for who in ("NOR", "IRL"):
        room.speak(who, minutes=2)
    statement = room.hand_in("NOR", "Our teams cleared the last field.")
    room.hand_in("IRL", "挪威已经清除所有遗留集束弹药。", language="zh-hans")

    def found(words):
        return [text.language for text in public_texts().filter(said(words, CONFIGURATIONS))]

    assert (found("clearing fields"), found("集束弹药"), found("munitions"), found("\x00")) == (
        ["en"],
        ["zh-hans"],
        [],
        [],
    )
    statements.withdraw(statement=statement, version=2, by=room.chair, at=AT)
    assert found("clearing fields") == []


def test_a_list_that_is_closed_twice_says_so():
    room = the_room()
    floor.close_list(meeting=room.meeting, code=room.code, version=1, by=room.chair, at=AT)

    with pytest.raises(TransitionRefused):
        floor.close_list(meeting=room.meeting, code=room.code, version=2, by=room.chair, at=AT)
