"""Thirty years of reports of 120 States, written the fast way but whole: each version has its receipt."""

import json
import secrets
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import psycopg
from django.conf import settings
from django.db import transaction
from psycopg import sql

from ccm_portal.core.enums import TreatyStatus
from ccm_portal.core.models import State
from reporting.enums import Audience, Provenance, ReportKind, ReportStatus
from reporting.form import answers, receipts
from reporting.form.content import SectionState, build
from reporting.form.editions import edition
from reporting.form.parts import Field, Section, Table
from reporting.models import Report, ReportPdf, ReportVersion, Transmission
from reporting.workflow import FILE

EDITION = edition("2010")
STATES = 120
FIRST_YEAR, LAST_YEAR = 2011, 2040
NOW = datetime(2041, 6, 1, 12, tzinfo=UTC)
SIZES = (0, 1, 1, 2, 5)  # rows in each table
ROWS_OF_TWENTY_PAGES = 7

TEXTS = [
    "about 1,200", "12.5 km2", "5 kg", "300 m", "5000 USD", "2014-05", "2014-01-01 to 2014-12-31", "yes",
    "person@example.org", "48.2, 16.4", "A few words, as they stand in many reports.",
]  # fmt: skip


def load() -> list[State]:
    """Every report of every State, all but the last year's of every tenth State."""
    states = bound_states()
    bodies = {(year, size): body(year, size) for year in range(FIRST_YEAR, LAST_YEAR + 1) for size in SIZES}
    for at, state in enumerate(states):
        years = range(FIRST_YEAR, LAST_YEAR + (at % 10 > 0))
        file_all(state, {year: bodies[year, SIZES[(at + year) % len(SIZES)]] for year in years})
    learn()
    return states


def learn() -> None:
    """Let the database count what it holds, as it does by itself in the first minutes of a running portal."""
    with psycopg.connect(settings.OWNER_DATABASE_URL, autocommit=True) as owner:
        for table in owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
            owner.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table[0])))


def bound_states() -> list[State]:
    """So many States, bound for so long that they owe all these reports."""
    states = list(State.objects.order_by("entry_into_force", "iso3")[:STATES])
    State.objects.filter(pk__in=[state.pk for state in states]).update(
        treaty_status=TreatyStatus.STATE_PARTY, entry_into_force=date(2010, 8, 1), withdrawn_effective=None
    )
    return states


def body(year: int, rows: int) -> dict[str, Any]:
    """A report in which every question that a text of ours fits is answered."""
    sections = {
        section.key: SectionState(standing="changed", answers=answered(section, year, rows))
        for section in EDITION.all_sections
    }
    return build(
        EDITION, sections, state="", kind=ReportKind.ANNUAL, slug=str(year), year=year, language="en", provenance="demo"
    )


def answered(section: Section, year: int, rows: int) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    for part in section.parts:
        if isinstance(part, Table):
            filled: list[Any] = [
                {"id": f"r{number}", "cells": cells(part.columns, year)} for number in range(1, rows + 1)
            ]
            parts[part.key] = {"none": not filled, "rows": filled, "next": rows + 1}
        else:
            parts[part.key] = {"values": cells(part.fields, year)}
    return {"parts": parts}


def cells(fields: tuple[Field, ...], year: int) -> dict[str, Any]:
    return {field.key: cell for field in fields if (cell := readable(field, year))}


def readable(field: Field, year: int) -> dict[str, Any] | None:
    """What the first text gives that this question can read."""
    if field.key in ("starts", "ends"):
        return answers.read_cell(field, f"{year}-01-01" if field.key == "starts" else f"{year}-12-31")
    return any_answer(field)


@cache
def any_answer(field: Field) -> dict[str, Any] | None:
    for text in TEXTS:
        cell = answers.read_cell(field, text)
        if cell and cell["is"] != "unreadable":
            return cell
    return None


@transaction.atomic
def file_all(state: State, bodies: dict[int, dict[str, Any]]) -> None:
    reports = Report.objects.bulk_create(report(state, year) for year in bodies)
    versions = ReportVersion.objects.bulk_create(
        version(one, {**bodies[one.year], "state": state.iso3}) for one in reports if one.year is not None
    )
    for one in versions:
        FILE.record(one.report, by=None, at=one.filed_at, content_hash=one.content_hash, data={"version": 1})
    Transmission.objects.bulk_create(Transmission(version=one, sent_at=one.filed_at) for one in versions)
    ReportPdf.objects.bulk_create(
        ReportPdf(version=one, audience=audience) for one in versions for audience in Audience
    )


def report(state: State, year: int) -> Report:
    late = (state.pk + year) % 4 == 0
    filed_at = datetime(year + 1, 7 if late else 4, 1 + state.pk % 28, 9, tzinfo=UTC)
    return Report(
        state=state, kind=ReportKind.ANNUAL, year=year, slug=str(year), status=ReportStatus.FILED, edition=EDITION.key,
        language="en", period_starts=date(year, 1, 1), period_ends=date(year, 12, 31), due=date(year + 1, 4, 30),
        provenance=Provenance.DEMONSTRATION, created_at=filed_at, filed_at=filed_at,
    )  # fmt: skip


def version(report: Report, document: dict[str, Any]) -> ReportVersion:
    assert report.filed_at and report.due
    late = max((report.filed_at.date() - report.due).days, 0)
    number = f"CCM-{report.slug}-{report.state.iso3}-1"
    salts = receipts.make_salts(document, token=lambda: secrets.token_hex(32))
    receipt = receipts.make_receipt(
        document, salts, number=number, version=1, filed_at=report.filed_at, due=report.due, days_late=late
    )
    return ReportVersion(
        report=report, number=1, content=receipts.canonical(document).decode(), content_hash=receipt["hash"],
        salts=json.dumps(salts), public_content=json.dumps(receipts.public_export(document, salts, receipt)),
        receipt_number=number, receipt=json.dumps(receipt), filed_at=report.filed_at, filing_key=secrets.token_hex(16),
        due=report.due, days_late=late, provenance=Provenance.DEMONSTRATION,
    )  # fmt: skip
