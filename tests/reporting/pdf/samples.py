"""Filed versions for the tests of documents, as filing leaves them, without the way there."""

import json
from datetime import UTC, date, datetime

from reporting.form import content, receipts
from reporting.form.editions import edition
from reporting.models import ReportVersion
from tests.reporting.factories import ReportFactory, ReportVersionFactory
from tests.reporting.form import sample

FILED_AT = datetime(2026, 11, 22, 16, 41, tzinfo=UTC)
DUE = date(2026, 4, 30)


def filed(*, language="en", iso3="LAO", provenance="demo", withheld=(), **sections) -> ReportVersion:
    """A report for 2025, filed 206 days late; sections are those of ``sample.sections``, or the ones given."""
    made = content.build(
        edition("2010"),
        sample.sections(**sections),
        state=iso3,
        kind="annual",
        slug="2025",
        language=language,
        year=2025,
        provenance=provenance,
    )
    number = f"CCM-2025-{iso3}-1"
    salts = sample.salts(made)
    receipt = receipts.make_receipt(made, salts, number=number, version=1, filed_at=FILED_AT, due=DUE, days_late=206)
    return ReportVersionFactory(
        report=ReportFactory(iso3=iso3, year=2025, language=language, status="filed", filed_at=FILED_AT),
        content=receipts.canonical(made).decode(),
        content_hash=receipt["hash"],
        salts=json.dumps(salts),
        public_content=json.dumps(receipts.public_export(made, salts, receipt, withheld), ensure_ascii=False),
        receipt_number=number,
        receipt=json.dumps(receipt),
        filed_at=FILED_AT,
        days_late=206,
        provenance=provenance,
    )


AREAS = [
    {
        "area": f"Village {number}",
        "province": "Savannakhet",
        "district": "Xepon",
        "size": f"{number * 13} ha",
    }
    for number in range(1, 15)
]
