"""Races on a real database. Each is first shown to go wrong with its guard off."""

import contextlib
import random
import threading
from collections import Counter

import pytest
from django.db import connection

from ccm_portal.core.models import OutgoingMessage, RegisterEntry
from ccm_portal.core.models.states import StateQuerySet
from reporting.domain import corrections, filing, freezing, recalls, sections
from reporting.domain.sections import Seen, StaleSection
from reporting.models import Report, ReportVersion, SectionDraft
from tests.reporting.support import IN_TIME, complete, draft_of, file, filed, person, start, write

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(count, act):
    """Run ``act(n)`` in ``count`` threads that start together; what each came to, by number."""
    outcomes, barrier = {}, threading.Barrier(count)

    def run(number):
        try:
            connection.ensure_connection()
            barrier.wait()
            outcomes[number] = act(number)
        except Exception as refusal:
            outcomes[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [outcomes[number] for number in range(count)]


def kinds(outcomes):
    return Counter(type(outcome).__name__ for outcome in outcomes)


def without_lock(monkeypatch):
    """The guard off: a fresh copy, read without waiting for whoever holds the row."""
    monkeypatch.setattr(freezing, "locked", lambda report: Report.objects.get(pk=report.pk))


def file_from_twenty_pages():
    by = person()
    report = complete(start(by), by=by)
    return at_once(20, lambda number: file(Report.objects.with_state().get(pk=report.pk), by=by, key="a" * 32))


def test_twenty_posts_of_one_page_make_one_filing_and_everybody_gets_its_receipt():
    outcomes = file_from_twenty_pages()

    assert kinds(outcomes) == {"ReportVersion": 20}
    assert {version.receipt_number for version in outcomes} == {"CCM-2025-LAO-1"}
    assert (ReportVersion.objects.count(), OutgoingMessage.objects.count(), RegisterEntry.objects.count()) == (1, 3, 1)


def test_the_lock_is_what_makes_twenty_posts_one(monkeypatch):
    without_lock(monkeypatch)

    outcomes = file_from_twenty_pages()

    assert kinds(outcomes) != {"ReportVersion": 20}


def test_two_people_who_start_the_same_report_share_one_draft():
    by = person()

    outcomes = at_once(6, lambda number: start(by))

    assert kinds(outcomes) == {"Report": 1, "AlreadyBegun": 5}
    assert Report.objects.count() == 1


# Eight writers on one section, each typing its own words into one of the same two fields.


def eight_writers(seed=7, rounds=12):
    by = person()
    report = start(by)
    accepted = [[] for _writer in range(8)]

    def write(writer):
        dice = random.Random(seed * 100 + writer)
        base = 1
        for turn in range(rounds):
            field = ("status", "methods")[dice.randrange(2)]
            text = f"{writer}:{turn}"
            draft = draft_of(report, "stockpiles")
            try:
                saved = sections.save_cells(
                    draft=draft,
                    seen=Seen(version=base, page=f"page {writer}"),
                    texts={f"programme.{field}": text},
                    by=by,
                    at=IN_TIME,
                )
                accepted[writer].append((saved.draft.version, field, text))
                base = saved.draft.version
            except StaleSection as stale:
                base = stale.saved.draft.version
        return "done"

    outcomes = at_once(8, write)
    return report, outcomes, [one for writer in accepted for one in writer]


def test_eight_writers_end_with_what_the_last_accepted_saves_said():
    report, outcomes, accepted = eight_writers()

    draft = draft_of(report, "stockpiles")
    stored = {name: cell["text"] for name, cell in draft.answers["parts"]["programme"]["values"].items()}
    last = {}
    for _version, field, text in sorted(accepted):
        last[field] = text
    assert kinds(outcomes) == {"str": 8}
    assert stored == last
    assert len({version for version, _field, _text in accepted}) == len(accepted)
    assert draft.version == 1 + len(accepted)


def test_the_version_is_what_keeps_eight_writers_apart(monkeypatch):
    def stored_whatever_is_there(draft, *, by, at):
        draft.version += 1
        SectionDraft.objects.filter(pk=draft.pk).update(
            answers=draft.answers, changes=draft.changes, version=draft.version
        )
        return True

    monkeypatch.setattr(sections, "_stored", stored_whatever_is_there)
    report, _outcomes, accepted = eight_writers()

    assert draft_of(report, "stockpiles").version != 1 + len(accepted)


def test_a_save_that_crosses_the_filing_is_either_in_the_report_or_refused():
    by = person()
    report = complete(start(by), by=by)

    def act(number):
        if number == 0:
            return file(Report.objects.with_state().get(pk=report.pk), by=by)
        draft = draft_of(report, "national_measures")
        text = {"interpretation.transit": f"words of {number}"}
        return sections.save_cells(draft=draft, seen=Seen(version=99, page=str(number)), texts=text, by=by, at=IN_TIME)

    outcomes = at_once(8, act)

    version = ReportVersion.objects.get()
    said = version.full_document["sections"]["national_measures"]["parts"].get("interpretation", {}).get("values", {})
    draft = draft_of(report, "national_measures")
    assert said == draft.answers["parts"]["interpretation"]["values"]
    saved = [outcome for outcome in outcomes if isinstance(outcome, sections.Saved)]
    assert len(saved) + kinds(outcomes)["DraftClosed"] == 7
    assert bool(saved) == bool(said)


# Corrections and recalls of one report


def correct_from(count):
    """``count`` pages of different people, each with a key of its own, file one open correction."""
    by = person()
    version = filed(by, texts={"stockpiles": {"programme.status": "Running."}})
    report = corrections.open_correction(report=version.report, by=by, at=IN_TIME)
    write(report, "stockpiles", {"programme.status": "Done."}, by=by)

    def act(number):
        fresh = Report.objects.with_state().get(pk=report.pk)
        return corrections.file_correction(
            report=fresh, by=by, at=IN_TIME, filing_key=f"{number:031x}a", note="Mended."
        )

    return at_once(count, act)


def test_a_correction_filed_from_many_pages_is_one_version():
    assert kinds(correct_from(8)) == {"ReportVersion": 1, "CorrectionClosed": 7}
    assert sorted(ReportVersion.objects.values_list("number", flat=True)) == [1, 2]


def test_the_lock_is_what_makes_many_pages_one_version(monkeypatch):
    without_lock(monkeypatch)

    assert kinds(correct_from(8)) != {"ReportVersion": 1, "CorrectionClosed": 7}


def test_twenty_posts_of_one_correction_make_one_version_and_everybody_gets_it():
    by = person()
    version = filed(by, texts={"stockpiles": {"programme.status": "Running."}})
    report = corrections.open_correction(report=version.report, by=by, at=IN_TIME)
    write(report, "stockpiles", {"programme.status": "Done."}, by=by)

    def act(number):
        fresh = Report.objects.with_state().get(pk=report.pk)
        return corrections.file_correction(report=fresh, by=by, at=IN_TIME, filing_key="a" * 32, note="Mended.")

    outcomes = at_once(20, act)

    assert kinds(outcomes) == {"ReportVersion": 20}
    assert {one.receipt_number for one in outcomes} == {"CCM-2025-LAO-2"}
    assert RegisterEntry.objects.filter(action="reporting.report.correct").count() == 1


def open_from(count):
    by = person()
    report = filed(by).report
    outcomes = at_once(
        count,
        lambda number: corrections.open_correction(
            report=Report.objects.with_state().get(pk=report.pk), by=by, at=IN_TIME
        ),
    )
    return kinds(outcomes), RegisterEntry.objects.filter(action="reporting.report.open_correction").count()


def test_two_people_who_open_a_correction_share_one():
    assert open_from(6) == ({"Report": 6}, 1)


def test_the_lock_is_what_makes_them_share_it(monkeypatch):
    without_lock(monkeypatch)

    assert open_from(6) != ({"Report": 6}, 1)


def recall_against_correction():
    """Four open a correction of the report while four recall it."""
    by = person()
    report = filed(by).report

    def act(number):
        fresh = Report.objects.with_state().get(pk=report.pk)
        if number % 2:
            return corrections.open_correction(report=fresh, by=by, at=IN_TIME)
        return recalls.recall_report(report=fresh, reason="A mistake.", seen=1, by=by, at=IN_TIME)

    return kinds(at_once(8, act))


POSSIBLE = ({"Report": 1, "TransitionRefused": 7}, {"Report": 4, "RecallRefused": 4})


def test_a_report_is_either_recalled_or_corrected():
    assert recall_against_correction() in POSSIBLE


def test_the_lock_is_what_makes_it_either(monkeypatch):
    without_lock(monkeypatch)

    assert recall_against_correction() not in POSSIBLE


def twins_at_once(monkeypatch):
    """A recalled report is put back while another of its year is filed. Whoever has looked for a twin waits a moment
    for the other to look as well."""
    by = person()
    report = filed(by).report
    recalls.recall_report(report=report, reason="A mistake.", seen=1, by=by, at=IN_TIME)
    draft = complete(start(by), by=by)
    looked, looks = threading.Barrier(2), filing.refuse_twin

    def refuse_twin(report):
        looks(report)
        with contextlib.suppress(threading.BrokenBarrierError):
            looked.wait(timeout=0.5)

    for module in (filing, recalls):
        monkeypatch.setattr(module, "refuse_twin", refuse_twin)

    def act(number):
        if number:
            return recalls.reinstate_report(
                report=Report.objects.with_state().get(pk=report.pk), seen=IN_TIME, by=by, at=IN_TIME
            )
        return file(Report.objects.with_state().get(pk=draft.pk), by=by, key="b" * 32)

    return kinds(at_once(2, act))


def test_of_two_reports_of_one_year_one_is_filed_and_the_other_told_so(monkeypatch):
    assert twins_at_once(monkeypatch) in ({"ReportVersion": 1, "TwinFiled": 1}, {"Report": 1, "TwinFiled": 1})


def test_the_lock_on_the_state_is_what_keeps_the_twin_out(monkeypatch):
    monkeypatch.setattr(StateQuerySet, "select_for_update", lambda states, **how: states)

    outcomes = twins_at_once(monkeypatch)

    # Both found the way clear; the last guard is the database itself, which has no sentence for anybody.
    assert outcomes["IntegrityError"] == 1 and outcomes["TwinFiled"] == 0
