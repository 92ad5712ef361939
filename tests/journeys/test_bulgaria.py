"""Bulgaria's initial report, with its lots and its odd period: typed in the browser, read from a file, and the same."""

import html
import json
import re
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from playwright.sync_api import expect

from ccm_portal import demonstration
from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from ccm_portal.core.models import User
from reporting.domain.filing import file_report
from reporting.domain.imports import import_draft, read_file
from reporting.form.editions import edition
from reporting.form.receipts import canonical
from reporting.models import ReportVersion
from tests.journeys.people import delegate, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

DATA = Path(demonstration.__file__).parent / "data" / "real" / "bulgaria-initial-2012.json"
DRAFT = "/my/bulgaria/reports/initial/"
PUBLIC = "/reports/bulgaria/initial/"


@pytest.fixture(autouse=True)
def spring_2026(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-03-01T09:00:00+00:00")
    call_command("build_static", verbosity=0)


def written():
    """The report as a person writes it down: what the paper says, and how the other sections stand."""
    told = json.loads(DATA.read_text(encoding="utf-8"))["report"]
    for section in edition(told["edition"]).sections:
        standing = "not_applicable" if section.may_be_not_applicable else "changed"
        told["sections"].setdefault(section.key, {"standing": standing})
    return told


def test_typed_in_the_browser_and_read_from_a_file_it_is_the_same_report(page, portal, browser):
    drafter, approver = delegate(Role.DRAFTER, "BGR"), delegate(Role.APPROVER, "BGR")
    told = written()
    from_file, words_from_file = filed_from_file(told, drafter.user, approver.user)

    sign_in(page, portal, drafter)
    page.goto(f"{portal}/my/bulgaria/reports/start/?kind=initial")
    page.get_by_label("From an empty form").check()
    page.get_by_role("button", name="Start the report").click()
    page.wait_for_url(f"{portal}{DRAFT}")
    for key, section in told["sections"].items():
        type_section(page, portal, key, section)
    expect(page.locator("main")).to_contain_text("Every section is done.")

    desk = browser.new_context()
    approving = desk.new_page()
    sign_in(approving, portal, approver)
    approving.goto(f"{portal}{DRAFT}file/")
    approving.locator("[name=confirmed]").check()
    approving.get_by_role("button", name="File the report").click()
    expect(approving.get_by_role("heading", level=1)).to_have_text("The report is filed")
    desk.close()

    typed = ReportVersion.objects.select_related("report").get()
    assert typed.report.period_as_written == "INITIAL REPORT"
    assert origins(typed.full_document) == {"typed"}
    assert origins(from_file) == {"imported:bulgaria.json"}
    assert unmarked(typed.full_document) == unmarked(from_file)
    assert the_page() == words_from_file
    assert "Not named in the excerpt 6 150 900 2-76" in words_from_file


def filed_from_file(told, by: User, approver: User):
    """The same report on a portal where nobody has typed it: read from the file, filed, looked at, and undone."""
    with transaction.atomic():
        read = read_file(data=json.dumps(told).encode(), name="bulgaria.json")
        report = import_draft(told=read, by=by, at=clock.now()).report
        version = file_report(report=report, by=approver, at=clock.now(), filing_key="e" * 32)
        seen = version.full_document, the_page()
        transaction.set_rollback(True)
    for name in ("default", "pages"):
        caches[name].clear()
    return seen


def type_section(page, portal, key, section):
    """Add the rows, type every answer, say how the section stands, save."""
    page.goto(f"{portal}{DRAFT}sections/{key}/")
    if section.get("standing") == "not_applicable":
        page.get_by_label("Not applicable to my State").check()
    elif key != "header":
        page.get_by_label("Changed: I say below").check()
    for part, said in section.get("parts", {}).items():
        for number, row in enumerate(said.get("rows", []), 1):
            page.locator(f'button[value="add:{part}"]').click()
            for column, text in row.items():
                box(page, f"{part}.r{number}.{column}").fill(text)
        for field, text in said.get("values", {}).items():
            box(page, f"{part}.{field}").fill(text)
    page.get_by_role("button", name="Save and go to the list").click()
    page.wait_for_url(f"{portal}{DRAFT}")


def box(page, path):
    return page.locator(f'[name="cell:{path}"]')


def the_page() -> str:
    """The words of the public page, without the hash of its receipt, which is salted."""
    page = Client().get(PUBLIC).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())
    return re.sub(r"\b[0-9a-f]{64}\b", "the hash", words)


def origins(document):
    return set(re.findall(r'"from":"([^"]*)"', canonical(document).decode()))


def unmarked(document):
    return re.sub(rb'"from":"[^"]*",', b"", canonical(document))
