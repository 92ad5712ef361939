"""Published reports for tests, frozen as a filing freezes them."""

import json
from datetime import UTC, datetime

from django.db import transaction

from ccm_portal.core import register
from reporting.domain.queries import days_late
from reporting.enums import ReportKind, ReportStatus
from reporting.form import answers as forms
from reporting.form import content as documents
from reporting.form import receipts
from reporting.form.content import SectionState
from reporting.form.editions import edition
from tests.reporting.factories import ReportFactory, ReportVersionFactory

ON_TIME = datetime(2026, 4, 28, 9, 30, tzinfo=UTC)


def content_of(report, said=None, *, unchanged=None, provenance="portal"):
    """A report that says ``said``: {"section/part.field": text, "section/part.row.column": text}."""
    form = edition(report.edition)
    states = {}
    for place, text in (said or {}).items():
        key, path = place.split("/")
        section = form.section(key)
        answers = states.get(key, SectionState("changed", forms.blank(section))).answers
        part, *rest = path.split(".")
        if text is None:
            answers = forms.set_none(section, answers, part, True)
        else:
            rows = answers["parts"][part].get("rows", [])
            if len(rest) == 2 and rest[0] not in {row["id"] for row in rows}:
                answers = forms.add_row(section, answers, part, row_id=rest[0])
            answers = forms.set_cell(section, answers, path, text, language=report.language)
        states[key] = SectionState("changed", answers)
    for key, pointer in (unchanged or {}).items():
        states[key] = SectionState("unchanged", {"parts": {}}, pointer)
    return documents.build(
        form,
        states,
        state=report.state.iso3,
        kind=report.kind,
        slug=report.slug,
        year=report.year,
        language=report.language,
        provenance=provenance,
    )


def publish(
    iso3="LAO",
    year=2025,
    said=None,
    *,
    filed_at=ON_TIME,
    number=1,
    report=None,
    withheld=(),
    unchanged=None,
    provenance="portal",
    **fields,
):
    """A published report of a State, with one act on the register, as a filing leaves it."""
    if report is None:
        kind = ReportKind.ANNUAL if year else ReportKind.INITIAL
        fields = {"kind": kind, "provenance": provenance, **fields}
        report = ReportFactory(iso3=iso3, year=year, status=ReportStatus.FILED, filed_at=filed_at, **fields)
    document = content_of(report, said, unchanged=unchanged, provenance=provenance)
    salts = receipts.make_salts(document, token=lambda: "0f" * 32)
    name = f"CCM-{report.slug.upper()}-{report.state.iso3}-{number}"
    late = days_late(due=report.due, at=filed_at)
    receipt = receipts.make_receipt(
        document, salts, number=name, version=number, filed_at=filed_at, due=report.due, days_late=late
    )
    version = ReportVersionFactory(
        report=report,
        number=number,
        content=receipts.canonical(document).decode(),
        content_hash=receipt["hash"],
        salts=json.dumps(salts),
        public_content=json.dumps(receipts.public_export(document, salts, receipt, withheld), ensure_ascii=False),
        receipt_number=name,
        receipt=json.dumps(receipt, ensure_ascii=False),
        filed_at=filed_at,
        days_late=late,
        note="" if number == 1 else "One table was wrong.",
        provenance=provenance,
    )
    act(state=report.state, at=filed_at)
    return version


def act(*, state, at=ON_TIME):
    """Something is recorded, and the public record is a new one."""
    with transaction.atomic():
        register.append(action="test.act", by=None, at=at, state=state)


def draft(iso3="LAO", year=2025, **fields):
    return ReportFactory(iso3=iso3, year=year, status=ReportStatus.DRAFT, **fields)
