"""Positions are noted from what everybody can read, stated by States, proposed by observers."""

from datetime import date

import pytest

from ccm_portal.core.enums import Role
from ccm_portal.core.models import RegisterEntry
from committees.domain.said import WorkChanged, WorkRefused
from compliance.domain import positions
from compliance.domain.positions import Source
from compliance.models import Position
from compliance.rules_positions import public_positions, standing_positions
from meetings.domain import statements
from meetings.models import Statement
from reporting.domain import recalls
from reporting.models import Report
from tests.compliance import factories_positions as factories
from tests.factories import person, state
from tests.meetings.room import the_room
from tests.reporting import support

pytestmark = pytest.mark.django_db
AT = factories.AT


def acts():
    return list(
        RegisterEntry.objects.filter(action__startswith="compliance.")
        .order_by("number")
        .values_list("action", "state__iso3")
    )


def from_report(version, text):
    source = Source(kind="report", report=version, reference="Section J")
    return positions.note(state=state("LAO"), words=factories.words(text), source=source, by=factories.office(), at=AT)


@pytest.fixture
def version():
    texts = {"other_matters": {"matters.text": "We hold that transit is prohibited.\nWe keep nothing for training."}}
    return support.filed(person(Role.APPROVER, "LAO"), texts=texts)


def test_words_of_a_report_are_noted_where_everybody_can_read_them_there(version):
    noted = from_report(version, "We hold that  transit is prohibited. […] keep nothing")

    assert list(public_positions()) == [noted]
    assert acts() == [("compliance.position.note", "LAO")]


def test_words_that_are_not_in_the_report_are_refused_with_the_passage(version):
    with pytest.raises(WorkRefused) as refusal:
        from_report(version, "We hold that transit is prohibited. […] We allow it.")

    assert "“We allow it.”" in str(refusal.value)
    assert not Position.objects.exists()


def test_a_report_of_another_state_is_no_source(version):
    source = Source(kind="report", report=version)
    with pytest.raises(WorkRefused):
        positions.note(
            state=state("LBN"), words=factories.words("We hold"), source=source, by=factories.office(), at=AT
        )


def test_a_recalled_report_and_one_that_keeps_parts_since_take_their_positions_along(version):
    from_report(version, "We hold that transit is prohibited.")
    before = public_positions().count()
    Report.objects.filter(pk=version.report_id).update(kept_since={"other_matters/matters": 2})
    kept = public_positions().count()
    Report.objects.filter(pk=version.report_id).update(kept_since={"stockpiles/stocks": 1})
    same_version = public_positions().count()
    report, approver = Report.objects.get(pk=version.report_id), person(Role.APPROVER, "LAO")
    recalls.recall_report(report=report, reason="Filed for the wrong year.", seen=1, by=approver, at=AT)

    assert (before, kept, same_version, public_positions().count()) == (1, 0, 1, 0)


def test_a_statement_is_a_source_while_it_is_published():
    room = the_room(who="NOR")
    held = room.hand_in("NOR", "Investment is assistance.", release="when_released")
    source = Source(kind="statement", statement=held)
    note = {"state": state("NOR"), "source": source, "by": factories.office(), "at": AT}
    with pytest.raises(WorkRefused):
        positions.note(words=factories.words("Investment is assistance.", on="investment"), **note)
    Statement.objects.filter(pk=held.pk).update(status="published", published_at=AT)
    noted = positions.note(words=factories.words("investment IS assistance", on="investment"), **note)
    shown = list(public_positions())
    held.refresh_from_db()
    statements.withdraw(statement=held, version=held.version, by=room.chair, at=AT)

    assert (shown, list(public_positions())) == ([noted], [])


def test_elsewhere_a_position_needs_a_reference_words_and_a_day_that_has_come():
    refused = []
    for fields in ({"source": Source(kind="letter")}, {"text": " "}, {"said_on": date(2027, 1, 1)}):
        with pytest.raises(WorkRefused) as refusal:
            factories.noted(**fields)
        refused.append(str(refusal.value))

    assert refused == [
        "Name the source.",
        "Write what the State said, in its own words.",
        "This day lies in the future.",
    ]


def test_a_state_replaces_what_it_said_and_the_old_one_stays_readable():
    old = factories.stated()
    new = factories.stated(text="We now hold otherwise.", replaces=old, version=old.version)
    old.refresh_from_db()

    assert old.replaced_by == new
    assert set(public_positions()) == {old, new}
    assert list(standing_positions()) == [new]
    with pytest.raises(WorkChanged):
        factories.stated(text="And again.", replaces=old, version=1)
    with pytest.raises(WorkRefused):
        factories.stated(text="And again.", replaces=old, version=old.version)


def test_a_state_replaces_only_its_own_on_the_same_topic():
    old = factories.noted("LBN")
    with pytest.raises(WorkRefused):
        factories.stated("LAO", replaces=old, version=1)
    with pytest.raises(WorkRefused):
        factories.stated("LBN", replaces=old, version=1, on="retention")
    assert list(standing_positions()) == [old]


def test_what_a_state_withdraws_leaves_the_lists():
    said = factories.stated()
    positions.withdraw(position=said, reason="", version=1, by=person(Role.APPROVER, "LAO"), at=AT)

    assert list(public_positions()) == []
    assert acts() == [("compliance.position.state", "LAO"), ("compliance.position.withdraw", "LAO")]


def test_a_proposal_waits_unseen_until_the_office_takes_it_in():
    proposed, other = factories.proposed(), factories.proposed(text="It is not clear.")
    assert list(public_positions()) == []
    office = factories.office()
    positions.take_in(position=proposed, version=1, by=office, at=AT)
    with pytest.raises(WorkRefused):
        positions.refuse(position=other, reason=" ", version=1, by=office, at=AT)
    positions.refuse(position=other, reason="The source does not say so.", version=1, by=office, at=AT)
    with pytest.raises(WorkRefused):
        positions.take_in(position=other, version=2, by=office, at=AT)

    assert list(public_positions()) == [proposed]
    # What is proposed and refused is recorded as nobody's: the State's acts do not tell of it.
    assert acts() == [
        ("compliance.position.propose", None),
        ("compliance.position.propose", None),
        ("compliance.position.take_in", "LAO"),
        ("compliance.position.refuse", None),
    ]


def test_the_office_takes_out_what_it_noted_and_leaves_alone_what_a_state_said():
    noted, said, office = factories.noted(), factories.stated(), factories.office()
    positions.take_out(position=noted, reason="Misread.", version=1, by=office, at=AT)
    with pytest.raises(WorkRefused):
        positions.take_out(position=said, reason="Misread.", version=1, by=office, at=AT)
    positions.correct(
        position=said, words=factories.words("Other words", translation="Read so."), where="x", reference="y",
        version=1, by=office, at=AT,
    )  # fmt: skip
    said.refresh_from_db()

    assert list(public_positions()) == [said]
    assert (said.text, said.where, said.translation) == ("We hold that transit is prohibited.", "", "Read so.")
