"""Reports from files: all of a file or nothing, private at once, never over what is there."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage, RegisterEntry
from reporting.domain import imports
from reporting.domain.exports import export_text
from reporting.domain.imports import ImportRefused, import_draft, import_paper, read_file
from reporting.enums import Audience, Provenance, StartFrom
from reporting.form import content as documents
from reporting.models import Report, SectionDraft
from tests import factories
from tests.reporting.form import anything
from tests.reporting.support import IN_TIME, add_row, complete, draft_of, file, filed, person, stand, start, write

pytestmark = pytest.mark.django_db

LATER = datetime(2027, 3, 1, 9, tzinfo=UTC)


def bare(**changes):
    """A small report for 2025, as somebody writes it."""
    told = {
        "format": "ccm-article7/1",
        "state": "LAO",
        "kind": "annual",
        "year": 2025,
        "language": "en",
        "sections": {
            "header": {"parts": {"contacts": {"rows": [{"organisation": "National Regulatory Authority"}]}}},
            "other_matters": {"parts": {"matters": {"values": {"text": "CANARY-import"}}}},
        },
    }
    return {**told, **changes}


def told(report, *, name="report.json", state=None):
    return read_file(data=json.dumps(report).encode(), name=name, state=state)


def draft(report, *, by=None, at=IN_TIME, **more):
    return import_draft(told=told(report), by=by or person(Role.DRAFTER), at=at, **more)


def refusals(call, *args, **kwargs):
    with pytest.raises(ImportRefused) as refusal:
        call(*args, **kwargs)
    return [(problem.pointer, problem.sentence) for problem in refusal.value.problems]


def test_a_file_becomes_a_draft_that_says_where_each_answer_comes_from():
    by = person(Role.DRAFTER)

    done = draft(bare(), by=by)

    matters = draft_of(done.report, "other_matters")
    assert (done.report.status, done.report.slug, done.report.due) == ("draft", "2025", date(2026, 4, 30))
    assert (done.told.counts, len(done.silent), done.already) == ((2, 1, 2), 9, False)
    assert (matters.standing, matters.answers["parts"]["matters"]["values"]["text"]) == (
        "changed",
        {"is": "given", "text": "CANARY-import", "from": "imported:report.json"},
    )
    assert draft_of(done.report, "header").answers["parts"]["period"] == {"values": {}}
    entry = RegisterEntry.objects.order_by("-pk").first()
    assert (entry.action, json.loads(entry.payload)["data"]["file"]) == ("reporting.report.import", "report.json")


def test_a_draft_from_a_file_can_be_written_in_and_filed_like_any_other():
    by = person()
    report = draft(bare(), by=by).report

    write(report, "other_matters", {"matters.text": "Changed since."}, by=by)
    version = file(complete(report, by=by), by=by)

    assert version.full_document["sections"]["other_matters"]["parts"]["matters"]["values"]["text"]["from"] == "typed"


def test_the_same_file_read_again_changes_nothing():
    by = person(Role.DRAFTER)
    first = draft(bare(), by=by)
    before = [list(table.objects.values()) for table in (Report, SectionDraft, RegisterEntry)]

    again = draft(bare(), by=by, at=LATER)

    assert (again.report, again.already) == (first.report, True)
    assert [list(table.objects.values()) for table in (Report, SectionDraft, RegisterEntry)] == before


def test_a_file_never_overwrites_a_draft():
    by = person(Role.DRAFTER)
    report = start(by)
    write(report, "other_matters", {"matters.text": "Ours."}, by=by)
    before = list(SectionDraft.objects.values())

    said = refusals(draft, bare(), by=by) + refusals(draft, bare(), by=by, into=True)

    assert said == [
        ("/", "There is a draft of this report already, and a file never overwrites one: Report for 2025."),
        ("/", "Something is written in this draft already."),
    ]
    assert list(SectionDraft.objects.values()) == before


@pytest.mark.parametrize("touch", ["standing", "none", "withheld row"])
def test_a_draft_is_empty_only_if_nobody_has_said_anything(touch):
    by = person(Role.DRAFTER)
    report = start(by)
    if touch == "standing":
        stand(report, "conversion", "not_applicable", by=by)
    elif touch == "none":
        SectionDraft.objects.filter(report=report, key="stockpiles").update(
            answers={"parts": {"stocks": {"none": True, "rows": []}}}
        )
    else:
        add_row(report, "stockpiles", "stocks", {}, by=by)

    assert refusals(draft, bare(), by=by, into=True) == [("/", "Something is written in this draft already.")]


def test_an_empty_draft_is_filled_if_that_is_asked_for():
    by = person(Role.DRAFTER)
    report = start(by)

    done = draft(bare(), by=by, into=True)

    assert done.report == report
    assert draft_of(report, "other_matters").standing == "changed"


def test_a_paper_is_entered_with_the_day_it_was_received():
    by = factories.person(Role.ISO_STAFF, "iso")

    done = import_paper(told=told(bare()), by=by, at=LATER, received_on=date(2026, 5, 5))

    assert (done.version.provenance, done.version.days_late, done.version.filed_at.date()) == (
        Provenance.ISO,
        5,
        date(2026, 5, 5),
    )
    assert done.version.note == "Entered from the file report.json."
    again = import_paper(told=told(bare()), by=by, at=LATER, received_on=date(2026, 5, 5))
    assert (again.version, again.already) == (done.version, True)
    other = bare(language="fr")
    assert refusals(import_paper, told=told(other), by=by, at=LATER, received_on=None) == [
        (
            "/",
            "“Report for 2025” of Lao People's Democratic Republic is already filed. What was filed stays as it is.",
        )
    ]


def test_a_report_of_another_state_is_refused_and_one_of_none_is_that_of_the_state_asked_for():
    laos = factories.state("LAO")

    assert refusals(told, bare(state="BGR"), state=laos) == [
        ("/state", "This file is a report of Bulgaria, not of Lao People's Democratic Republic.")
    ]
    assert refusals(told, bare(state="XXX")) == [("/state", "There is no State “XXX”.")]
    nowhere = bare()
    del nowhere["state"]
    assert told(nowhere, state=laos).state == laos


def test_a_report_that_the_state_does_not_owe_is_refused():
    assert refusals(draft, bare(year=2044)) == [("/", "Choose a year between 2008 and 2026.")]
    assert Report.objects.count() == 0


# ---- exports


def restricted(by):
    """Filed for 2025 with destruction sites that only States Parties read."""
    report = start(by)
    add_row(report, "stockpiles", "destruction_sites", {"site": "CANARY-site"}, by=by)
    stand(report, "stockpiles", "changed", by=by)
    SectionDraft.objects.filter(report=report, key="stockpiles").update(withheld=["destruction_sites"])
    return file(complete(report, by=by), by=by)


def exported(version, audience):
    return export_text(version, audience).encode()


def test_the_public_file_says_what_is_not_in_it_and_the_draft_keeps_it_apart(rival):
    version = restricted(person())

    read = read_file(data=exported(version, Audience.PUBLIC), name="v1.json")
    report = rival(read)

    assert read.left_out == ["stockpiles/destruction_sites"]
    assert draft_of(report, "stockpiles").withheld == ["destruction_sites"]
    assert draft_of(report, "stockpiles").answers["parts"]["destruction_sites"]["rows"] == []


def test_the_whole_file_keeps_for_states_parties_what_was_kept_at_filing(rival):
    version = restricted(person())

    read = read_file(data=exported(version, Audience.FULL), name="v1.json")
    report = rival(read)

    assert read.left_out == []
    assert draft_of(report, "stockpiles").withheld == ["destruction_sites"]
    assert "CANARY-site" in json.dumps(draft_of(report, "stockpiles").answers)


@pytest.fixture
def rival():
    """The same report taken in for another year, beside the one that is filed."""

    def take(read):
        content = {**read.content, "year": 2024, "slug": "2024"}
        other = imports.Told(**{**vars(read), "content": content})
        return import_draft(told=other, by=person(Role.DRAFTER), at=IN_TIME).report

    return take


def test_further_parts_can_be_kept_and_are_withheld_when_the_paper_is_entered():
    sections = {"stockpiles": {"parts": {"destruction_sites": {"rows": [{"site": "CANARY-site"}]}}}}
    by = factories.person(Role.ISO_STAFF, "iso")

    said = refusals(draft, bare(sections=sections), keep=["stockpiles/places"])
    done = import_paper(
        told=told(bare(sections=sections)),
        by=by,
        at=LATER,
        received_on=None,
        keep=["stockpiles/destruction_sites"],
    )

    assert said == [("/", "There is no part “stockpiles/places”.")]
    assert done.version.withheld == ["stockpiles/destruction_sites"]
    assert "CANARY-site" not in done.version.public_content


def test_an_export_that_was_changed_is_refused():
    version = filed(person(), texts={"other_matters": {"matters.text": "As filed."}})
    data = exported(version, Audience.PUBLIC).replace(b"2025-12-31", b"2025-12-30")

    said = refusals(read_file, data=data, name="v1.json")

    assert {place for place, _sentence in said} == {"/receipt"}
    assert "The part “header/period” is not what was filed." in [sentence for _place, sentence in said]


def test_an_export_of_what_is_filed_here_is_there_already():
    version = filed(person())

    done = import_draft(
        told=read_file(data=exported(version, Audience.FULL), name="v1.json"), by=person(Role.DRAFTER), at=IN_TIME
    )

    assert (done.report, done.already) == (version.report, True)


def test_an_unchanged_section_stands_on_the_report_it_names():
    by = person()
    first = filed(
        by, year=2023, at=datetime(2024, 4, 1, tzinfo=UTC), texts={"risk_education": {"warning.signs": "Red"}}
    )
    next_one = filed(by, year=2024, at=datetime(2025, 4, 1, tzinfo=UTC), how=StartFrom.NOTHING_CHANGED, base=first)
    content = {**next_one.full_document, "year": 2025}

    report = draft(content, by=by).report

    assert draft_of(report, "risk_education").unchanged_since == first
    pointed = content["sections"]["risk_education"]
    elsewhere = {**pointed, "unchanged_since": {**pointed["unchanged_since"], "slug": "1999"}}
    invented = json.loads(json.dumps(pointed).replace("Red", "Blue"))
    Report.objects.filter(pk=report.pk).update(status="draft", year=2022, slug="2022")
    for said, sentence in (
        (
            elsewhere,
            "The portal holds no report “1999” that says this section in full. Write “changed” and its answers.",
        ),
        (invented, "This does not repeat what the report “2023” said. Write “changed” if it is new."),
    ):
        other = {**content, "sections": {**content["sections"], "risk_education": said}}
        assert refusals(draft, other, by=by) == [("/sections/risk_education", sentence)]


# ---- nothing lost, nothing invented


def without_marks(thing):
    if isinstance(thing, dict):
        return {key: without_marks(value) for key, value in thing.items() if not (key == "from" and "is" in thing)}
    return [without_marks(value) for value in thing] if isinstance(thing, list) else thing


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sections=anything.sections(), provisional=st.booleans())
def test_whatever_the_form_holds_survives_the_way_out_and_in(sections, provisional):
    with transaction.atomic():
        content = documents.build(
            anything.FORM,
            sections,
            state="LAO",
            kind="annual",
            slug="2025",
            language="en",
            year=2025,
            provisional=provisional,
        )
        version = import_paper(told=told(content), by=person(), at=LATER, received_on=None).version
        again = read_file(data=exported(version, Audience.FULL), name="again.json")

        assert without_marks(version.full_document) == without_marks({**content, "provenance": "iso"})
        assert without_marks(again.content) == without_marks(content)
        transaction.set_rollback(True)


# ---- private from the first committed moment


PUBLIC = ["/reports/", "/reports/lao-pdr/2025/", "/files/reports/lao-pdr/2025/v1.json", "/api/v1/reports/"]
PUBLIC += ["/search/?q=import", "/states/lao-pdr/", "/"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["draft", "paper"])
def test_nothing_private_in_a_file_is_public_at_any_moment(monkeypatch, way):
    monkeypatch.setenv("PORTAL_NOW", "2026-03-01T10:00:00")
    by = person(Role.DRAFTER)
    met, looked = [], []

    def look():
        for address in PUBLIC:
            answer = Client().get(address)
            looked.append((address, answer.status_code))
            if b"CANARY" in answer.content:
                met.append(address)

    look()
    with transaction.atomic():
        if way == "draft":
            import_draft(told=told(bare()), by=by, at=IN_TIME)
        else:
            import_paper(told=told(bare()), by=by, at=IN_TIME, received_on=None, keep=["other_matters/matters"])
        transaction.on_commit(look)
    look()

    read = {address for address, status in looked if status == 200}
    assert met == []
    assert ("/reports/lao-pdr/2025/" in read) == (way == "paper")
    assert "/reports/" in read
    assert OutgoingMessage.objects.count() == 0
