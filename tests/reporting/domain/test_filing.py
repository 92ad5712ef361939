"""Filing: once, whole, and for good."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ccm_portal.core import register
from ccm_portal.core.models import OutgoingMessage, RegisterEntry
from reporting.domain import filing
from reporting.domain.filing import AlreadyFiled, ReportIncomplete
from reporting.models import Report, ReportPdf, ReportVersion, Transmission
from tests.reporting.support import IN_TIME, complete, draft_of, file, person, start, write

pytestmark = pytest.mark.django_db

CHECKER = Path(filing.__file__).parents[1] / "receipt_check.py"


@pytest.fixture
def by():
    return person()


@pytest.fixture
def ready(by):
    return complete(start(by), by=by)


def test_filing_freezes_publishes_and_owes_everything_at_once(ready, by):
    version = file(ready, by=by)

    report = Report.objects.get()
    assert (report.status, report.filed_at) == ("filed", IN_TIME)
    assert (version.number, version.filed_by, version.filed_at, version.provenance) == (1, by, IN_TIME, "portal")
    assert version.receipt_number == "CCM-2025-LAO-1"
    assert (version.due, version.days_late) == (date(2026, 4, 30), 0)
    assert sorted(ReportPdf.objects.values_list("audience", "status")) == [("full", "owed"), ("public", "owed")]
    assert list(Transmission.objects.values_list("version", "sent_at", "acknowledged_at")) == [(version.pk, None, None)]
    assert sorted(OutgoingMessage.objects.values_list("kind", "user", "address")) == [
        ("reporting.filed", by.pk, ""),
        ("reporting.filed_to_iso", None, "iso@example.org"),
        ("reporting.filed_to_un", None, "un-mailbox@example.org"),
    ]
    assert [(e.action, e.actor, e.state) for e in RegisterEntry.objects.all()] == [
        ("reporting.report.file", by, report.state)
    ]
    assert version.content_hash in RegisterEntry.objects.get().payload
    assert list(register.faults()) == []


def test_the_receipt_is_proved_by_the_program_we_give_away(ready, by, tmp_path):
    export = tmp_path / "report.json"
    version = file(ready, by=by)
    export.write_text(version.public_content, encoding="utf-8")

    def check(*args):
        return subprocess.run([sys.executable, CHECKER, *args], capture_output=True, text=True, check=False)

    good = check(export, version.content_hash)
    export.write_text(version.public_content.replace("National Regulatory", "Notional Regulatory"), encoding="utf-8")
    bad = check(export)

    assert (good.returncode, bad.returncode) == (0, 1), good.stdout + good.stderr


def test_a_withheld_part_stays_out_of_the_public_copy_which_still_verifies(by, tmp_path):
    report = start(by)
    write(report, "stockpiles", {"programme.status": "At site 4."}, by=by)
    report.sections.filter(key="stockpiles").update(withheld=["programme"])
    version = file(complete(report, by=by), by=by)
    export = tmp_path / "report.json"
    export.write_text(version.public_content, encoding="utf-8")

    result = subprocess.run([sys.executable, CHECKER, export], capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout + result.stderr
    assert "At site 4." in version.content
    assert "At site 4." not in version.public_content
    assert json.loads(version.public_content)["withheld"] == ["stockpiles/programme"]


@pytest.mark.parametrize(
    ("at", "days"),
    [
        (datetime(2026, 5, 1, 11, 59, 59, tzinfo=UTC), 0),
        (datetime(2026, 5, 1, 12, 0, 0, tzinfo=UTC), 1),
        (datetime(2026, 11, 22, 16, 41, tzinfo=UTC), 206),
    ],
)
def test_late_is_marked_and_never_refused(ready, by, at, days):
    version = file(ready, by=by, at=at)

    assert version.days_late == days
    assert json.loads(version.receipt)["days_late"] == days


def test_what_still_stops_the_filing_is_listed_with_its_place(by):
    report = start(by)

    with pytest.raises(ReportIncomplete) as refusal:
        file(report, by=by)

    places = {(problem.check, problem.section, problem.path) for problem in refusal.value.missing}
    assert ("no_contact", "header", "contacts") in places
    assert ("no_standing", "stockpiles", "") in places
    assert Report.objects.get().status == "draft"
    assert (ReportVersion.objects.count(), OutgoingMessage.objects.count(), RegisterEntry.objects.count()) == (0, 0, 0)


def test_an_answer_that_cannot_be_read_stops_the_filing(ready, by):
    write(ready, "stockpiles", {"programme.yearly_rate": "a great many"}, by=by)

    with pytest.raises(ReportIncomplete) as refusal:
        file(ready, by=by)

    assert [(p.section, p.path) for p in refusal.value.missing] == [("stockpiles", "programme.yearly_rate")]


def test_warnings_do_not_stop_the_filing(ready, by):
    write(ready, "header", {"period.starts": "2026-12-31", "period.ends": "2025-01-01"}, by=by)

    version = file(ready, by=by)

    assert (version.report.period_starts, version.report.period_ends) == (None, None)
    assert version.full_document["period"]["from"] == "2026-12-31"


def test_the_same_page_posted_again_leads_to_the_same_receipt(ready, by):
    first, again = file(ready, by=by), file(ready, by=by, at=IN_TIME + timedelta(hours=1))

    assert first == again
    assert (ReportVersion.objects.count(), OutgoingMessage.objects.count(), RegisterEntry.objects.count()) == (1, 3, 1)


def test_another_page_is_told_that_it_is_filed(ready, by):
    version = file(ready, by=by)

    with pytest.raises(AlreadyFiled) as refusal:
        file(ready, by=person(), key="a" * 32)

    assert refusal.value.version == version


def test_the_period_as_written_is_kept_beside_odd_dates(ready, by):
    write(ready, "header", {"period.starts": "2025-03", "period.as_written": "INITIAL REPORT"}, by=by)

    report = file(ready, by=by).report

    assert (report.period_starts, report.period_as_written) == (None, "INITIAL REPORT")


def test_sections_of_the_draft_stay_as_they_were_filed(ready, by):
    before = draft_of(ready, "header").answers
    file(ready, by=by)

    assert draft_of(ready, "header").answers == before
