"""Hostile text in what stands beside a report: notes, reasons, questions, comments, messages, workbooks, mails."""

import io
import re

import pytest
from django.core import mail
from django.core.cache import caches
from openpyxl import Workbook, load_workbook

from ccm_portal.core.enums import Role
from reporting.domain import colleagues, comments, corrections, questions, recalls, thanks, workbooks
from tests.factories import person
from tests.journeys.scene import workers_run
from tests.reporting import published, support
from tests.reporting.hostile.corpus import CORPUS
from tests.reporting.hostile.pages import build_of, drawn_twice, fetched, plain, said
from tests.reporting.support import IN_TIME
from tests.support import sign_in

pytestmark = pytest.mark.django_db

ALL = " ".join(payload for payload in CORPUS if "\x00" not in payload)
HERE = "/my/lao-pdr/reports/2025/"


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-11-24T12:00:00+00:00")
    caches["pages"].clear()


def filed(by):
    return support.file(support.complete(support.start(by), by=by), by=by)


def compared(written, client):
    first = published.publish(said={place: f"before{text}" for place, text in said(plain).items()})
    published.publish(said=said(written), report=first.report, number=2)
    return fetched(client, "/reports/lao-pdr/2025/v2/changes/")


def corrected(written, client, page="/reports/lao-pdr/2025/"):
    by = support.person()
    report = filed(by).report
    corrections.open_correction(report=report, by=by, at=IN_TIME)
    support.write(report, "other_matters", {"matters.text": written("Something new.")}, by=by)
    report.refresh_from_db()
    corrections.file_correction(report=report, by=by, at=IN_TIME, filing_key="c" * 32, note=written(ALL)[:2000])
    return fetched(client, page)


def recalled(written, client):
    by = support.person()
    version = filed(by)
    recalls.recall_report(report=version.report, reason=written(ALL)[:1500], seen=1, by=by, at=IN_TIME)
    answer = client.get("/reports/lao-pdr/2025/")
    assert answer.status_code == 410
    return answer.content.decode()


def asked(written, client, page="/reports/lao-pdr/2025/", role=None):
    by, iso = support.person(), person(Role.ISO_STAFF, "iso")
    version = filed(by)
    question = questions.ask(version=version, place="", text=written(ALL), by=iso, at=IN_TIME)
    questions.answer(question=question, text=written(ALL), shown=True, by=by, at=IN_TIME, revision=question.revision)
    thanks.thank(version=version, text=written(ALL), by=iso, at=IN_TIME)
    if role:
        sign_in(client, {"iso": iso, "state": by}[role])
    return fetched(client, page)


def commented(written, client, page="sections/other_matters/"):
    by, other = support.person(), support.person(Role.DRAFTER)
    report = support.start(by)
    section = support.draft_of(report, "other_matters")
    comments.comment(section=section, path="", text=written(ALL)[:3000], by=other, at=IN_TIME)
    sign_in(client, by)
    return fetched(client, f"{HERE}{page}")


def lent(written, client):
    by = support.person()
    section = support.draft_of(support.start(by), "other_matters")
    borrower = person(Role.OBSERVER, "cmc")
    colleagues.lend(
        section=section, email=borrower.email, name="x", language="en", message=written(ALL)[:1000], by=by, at=IN_TIME
    )
    sign_in(client, by)
    return fetched(client, HERE)


def reviewed(written, client):
    by = support.person()
    report = support.start(by)
    section = support.draft_of(report, "stockpiles")
    book: Workbook = load_workbook(io.BytesIO(workbooks.given_out(section, "draft", language="en")))
    for sheet in book.worksheets[1:]:
        if sheet.sheet_state == "visible" and sheet.max_column > 3:
            for number, payload in enumerate(CORPUS[:30], start=3):
                for column in range(2, 6):
                    cell = sheet.cell(number, column)
                    cell.value, cell.data_type = clean(written(payload)), "s"
    content = io.BytesIO()
    book.save(content)
    upload = workbooks.read_workbook(
        section=section, content=content.getvalue(), name=written("<b>x") + ".xlsx", language="en", by=by, at=IN_TIME
    )
    sign_in(client, by)
    return fetched(client, f"{HERE}sections/stockpiles/workbook/{upload.pk}/")


def clean(text):
    return "".join(sign for sign in text if sign.isprintable())


def numberless(page):
    """The build of a page, whatever numbers the objects on it were given."""
    return [(tag, names, tuple(re.sub(r"\d+", "0", one) for one in where)) for tag, names, where in build_of(page)]


SURFACES = {
    "difference": compared,
    "correction": corrected,
    "receipt": lambda written, client: corrected(written, client, "/receipts/CCM-2025-LAO-2/"),
    "recalled": recalled,
    "question beside the report": asked,
    "the State's page of what it filed": lambda written, client: asked(written, client, f"{HERE}filed/", "state"),
    "the office's page of the report": lambda w, client: asked(w, client, "/office/reports/lao-pdr/2025/", "iso"),
    "comment": commented,
    "comment on the task list": lambda written, client: commented(written, client, ""),
    "loan": lent,
    "workbook": reviewed,
}


@pytest.mark.parametrize("surface", SURFACES)
def test_hostile_text_builds_the_page_that_plain_text_builds(surface, client):
    hostile, harmless = map(numberless, drawn_twice(SURFACES[surface], client))
    if surface == "difference":  # how often words come and go depends on the words; what they may be built of does not
        hostile, harmless = map(set, (hostile, harmless))
    assert hostile == harmless
    assert "evil.example" not in str(hostile)


def test_a_mail_that_repeats_hostile_text_keeps_its_head_and_its_letters(client):
    corrected(str, client)
    asked_of = support.person(iso3="PER")
    thanks.thank(
        version=support.file(
            support.complete(support.start(asked_of, iso3="PER"), by=asked_of), by=asked_of, key="9" * 32
        ),
        text=ALL,
        by=person(Role.ISO_STAFF, "iso"),
        at=IN_TIME,
    )
    workers_run()

    repeated = [message for message in mail.outbox if "{{7*7}}" in message.body]
    assert len(repeated) >= 3
    for message in repeated:
        written = message.message()
        assert "<script>alert(1)</script>" in message.body
        assert "evil.example" not in f"{written['Subject']} {written['To']} {written['From']}"
        assert (written["Bcc"], written["Set-Cookie"], written.get_content_type()) in (
            (None, None, "text/plain"),
            (None, None, "multipart/mixed"),
        )
        assert message.recipients() == message.to
