"""Peru keeps the places of its stocks for States Parties: no public output holds the word."""

import io
import json
import subprocess
import sys
import zipfile
from urllib.parse import urlsplit

import pikepdf
import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import expect

from ccm_portal.core.enums import Role
from tests.journeys import scene
from tests.journeys.people import delegate, sign_in
from tests.reporting import support

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WORD = "Huaycanaria"
DRAFT = "/my/peru/reports/2026/"
PUBLIC = "/reports/peru/2026/"
# Where a reader may go from Peru's report; the rest of the portal knows nothing of it.
OF_PERU = ("/reports/peru/", "/files/reports/peru/", "/receipts/", "/files/receipts/", "/states/peru/")
STARTS = (
    PUBLIC,
    "/reports/?state=peru",
    "/files/reports.xlsx",
    "/files/reports.csv",
    f"/search/?q={WORD}",
    "/search/?q=magazine",
    "/api/v1/reports/?state=peru",
    "/api/v1/figures/?state=peru",
    "/api/v1/states/",
)


@pytest.fixture(autouse=True)
def spring_2027(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2027-03-01T09:00:00+00:00")
    call_command("build_static", verbosity=0)


@pytest.fixture
def last_year():
    """In last year's report another place was kept in the same way, so that two years can be compared."""
    by = support.person(iso3="PER")
    report = support.start(by, iso3="PER", year=2025, at=scene.LAST_YEAR)
    support.add_row(report, "stockpiles", "destruction_sites", {"site": f"{WORD} magazine, north"}, by=by)
    report.sections.filter(key="stockpiles").update(withheld=["destruction_sites"])
    support.file(support.complete(report, by=by, at=scene.LAST_YEAR), by=by, at=scene.LAST_YEAR)


def test_what_a_state_keeps_for_states_parties_is_in_no_public_output(page, portal, browser, last_year, tmp_path):
    sign_in(page, portal, delegate(Role.APPROVER, "PER"))
    page.get_by_role("link", name="Start: Report for 2026").click()
    page.get_by_label("Some sections have changed").check()
    page.get_by_label("Stockpiles and destruction").check()
    page.get_by_role("button", name="Start the report").click()
    page.get_by_role("link", name="B. Stockpiles and destruction").click()
    sites = page.locator("#f-destruction_sites")
    expect(sites.get_by_label("For States Parties only")).to_be_checked()
    sites.get_by_role("textbox", name="Site").first.fill(f"{WORD} magazine, south")
    page.get_by_role("button", name="Save and go to the list").click()
    page.goto(f"{portal}{DRAFT}preview/")
    expect(page.locator("main")).to_contain_text("by their title alone")
    page.goto(f"{portal}{DRAFT}file/")
    page.locator("[name=confirmed]").check()
    page.get_by_role("button", name="File the report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The report is filed")
    mail.outbox.clear()
    scene.workers_run()

    public = browser.new_context()
    seen = everything_public(public, portal)
    kinds = {urlsplit(place).path.strip("/").replace("/", ".").rsplit(".", 1)[-1] for place in seen}
    assert {"pdf", "json", "xlsx", "csv"} <= kinds
    assert [place for place in seen if "changes" in place]
    assert [
        place for place, text in seen.items() if WORD in text.replace(f"q={WORD}", "") and "/search/" not in place
    ] == []
    assert "Nothing found" in seen[f"/search/?q={WORD}"]
    the_public_copy_proves_itself(public, portal, tmp_path)
    public.close()

    holding = {address for one in mail.outbox if WORD in whole(one) for address in one.to}
    assert holding == {settings.UN_MAILBOX}


def everything_public(public, portal) -> dict[str, str]:
    """What a reader gets from Peru's report and from the lists, and from every link in them that leads to Peru."""
    seen, waiting = {}, list(STARTS)
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        answer = public.request.get(portal + place)
        assert answer.ok, place
        seen[place] = text_in(answer.body())
        if "html" in answer.headers["content-type"]:
            waiting += links_to_peru(answer.text())
    return seen


def links_to_peru(page: str) -> list[str]:
    found = []
    for piece in page.split('href="')[1:]:
        address = urlsplit(piece.split('"', 1)[0].replace("&amp;", "&"))
        if address.path.startswith(OF_PERU):
            found.append(address.path + (f"?{address.query}" if address.query else ""))
    return found


def text_in(content: bytes) -> str:
    """Everything in a file, unpacked."""
    if content[:5] == b"%PDF-":
        with pikepdf.open(io.BytesIO(content)) as pdf:
            attached = [one.get_file().read_bytes() for one in pdf.attachments.values()]
        words = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout
        return b"\n".join([words, *attached]).decode(errors="replace")
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return "\n".join(book.read(name).decode(errors="replace") for name in book.namelist())
    return content.decode(errors="replace")


def the_public_copy_proves_itself(public, portal, folder):
    for name, address in {
        "report.json": "/files/reports/peru/2026/v1.json",
        "receipt.json": "/files/receipts/ccm-2026-per-1.json",
        "receipt_check.py": "/files/receipt_check.py",
    }.items():
        (folder / name).write_bytes(public.request.get(portal + address).body())
    assert json.loads((folder / "report.json").read_text())["withheld"] == ["stockpiles/destruction_sites"]
    names = [str(folder / name) for name in ("receipt_check.py", "report.json", "receipt.json")]
    assert subprocess.run([sys.executable, "-I", *names], capture_output=True, check=False).returncode == 0


def whole(message) -> str:
    """A mail with what is attached to it."""
    return "\n".join(
        [message.subject, message.body, *(text_in(content) for _name, content, _type in message.attachments)]
    )
