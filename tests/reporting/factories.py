"""Reports for tests: valid and boring; the test says what is special."""

import hashlib
import json
from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from ccm_portal.core.models import State
from reporting.enums import Provenance, ReportKind, ReportStatus
from reporting.models import Report, ReportVersion

A_MOMENT = datetime(2025, 4, 1, 12, tzinfo=UTC)


class ReportFactory(DjangoModelFactory):
    """A draft of Lao PDR's annual report for 2024, begun on 1 April 2025; filed if told so."""

    class Meta:
        model = Report

    class Params:
        iso3 = "LAO"

    state = factory.LazyAttribute(lambda report: State.objects.get(iso3=report.iso3))
    kind = ReportKind.ANNUAL
    year = 2024
    status = ReportStatus.DRAFT
    slug = factory.LazyAttribute(lambda report: str(report.year) if report.year else report.kind)
    edition = "2010"
    language = "en"
    period_starts = factory.LazyAttribute(lambda report: report.year and date(report.year, 1, 1))
    period_ends = factory.LazyAttribute(lambda report: report.year and date(report.year, 12, 31))
    due = factory.LazyAttribute(lambda report: report.year and date(report.year + 1, 4, 30))
    created_at = A_MOMENT
    filed_at = factory.LazyAttribute(lambda report: None if report.status == ReportStatus.DRAFT else A_MOMENT)
    recalled_at = factory.LazyAttribute(lambda report: A_MOMENT if report.status == ReportStatus.RECALLED else None)


class ReportVersionFactory(DjangoModelFactory):
    """The first version of a filed report, with no sections in it."""

    class Meta:
        model = ReportVersion

    report = factory.SubFactory(ReportFactory, status=ReportStatus.FILED)
    number = 1
    content = json.dumps({"sections": {}})
    content_hash = factory.LazyAttribute(lambda version: hashlib.sha256(version.content.encode()).hexdigest())
    salts = "{}"
    public_content = "{}"
    receipt_number = factory.LazyAttribute(
        lambda version: f"CCM-{version.report.slug}-{version.report.state.iso3}-{version.number}"
    )
    receipt = "{}"
    filed_at = A_MOMENT
    filing_key = factory.Sequence(lambda n: f"{n:032x}")
    due = factory.LazyAttribute(lambda version: version.report.due)
    provenance = Provenance.PORTAL
