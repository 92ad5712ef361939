"""Three real reports from file to page, PDF and export: every fact of the case is found in each, and nothing else."""

import html
import json
import re
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from ccm_portal.core.pdf import process
from ccm_portal.demonstration import reports
from reporting.domain.exports import export_text
from reporting.domain.imports import import_draft, read_file
from reporting.enums import Audience
from reporting.form.content import all_cells
from reporting.form.editions import edition
from reporting.form.receipts import canonical
from reporting.models import Report, ReportVersion
from tests.factories import person
from tests.reporting.pdf.test_document import order_of

pytestmark = pytest.mark.django_db

CASES = Path(__file__).parent / "cases"
STATES = {"bulgaria-initial-2012": "BGR", "croatia-annual-2013": "HRV", "lao-pdr-annual-2016": "LAO"}

OURS = "a remark of whoever collected the case, not of the State"
ABOUT_PAPER = "about the paper itself, which the form does not ask for"
OTHERS = "what others counted in other years; no part of this report"
COMPUTED = "computed by the portal from the treaty, not reported; the page says it"

# A fact of the case -> how a reader reads it, on page and paper alike; in the exported JSON it is what stands behind.
FACTS = {
    "bulgaria-initial-2012": {
        "state": ("Bulgaria", '"state":"BGR"'),
        "report_kind": ("Initial report", '"kind":"initial"'),
        "language": ("English", '"language":"en"'),
        "reporting_period/as_written": ("INITIAL REPORT", '"text":"INITIAL REPORT"'),
        "reporting_period/start": ("Period in words INITIAL REPORT", '"from":null'),
        "reporting_period/end": ("Period in words INITIAL REPORT", '"to":null'),
        "date_submitted/as_written": ("27 March 2012", '"date":"2012-03-27"'),
        "date_submitted/iso": ("27 March 2012", '"filed_at":"2012-03-27'),
        "due/computed": ("29 March 2012", '"due":"2012-03-29"'),
        "due/on_time": ("29 March 2012", '"days_late":0'),
        "national_points_of_contact/0": (
            "Ministry of Foreign Affairs, Security Policy Directorate",
            '"text":"Ministry of Foreign Affairs, Security Policy Directorate"',
        ),
        "national_points_of_contact/1": (
            "Ministry of Defence, Defence Policy Directorate",
            '"text":"Ministry of Defence, Defence Policy Directorate"',
        ),
        "sources/0": ("", ""),
        "sources/1": ("", ""),
    },
    "croatia-annual-2013": {
        "state": ("Croatia", '"state":"HRV"'),
        "report_kind": ("Report for 2013", '"kind":"annual"'),
        "language": ("English", '"language":"en"'),
        "reporting_period/as_written": ("JAN 01, 2013 to DEC 31, 2013", '"text":"JAN 01, 2013 to DEC 31, 2013"'),
        "reporting_period/start": ("1 January 2013", '"date":"2013-01-01"'),
        "reporting_period/end": ("31 December 2013", '"date":"2013-12-31"'),
        "date_submitted/as_written": ("5 May 2014", '"date":"2014-05-05"'),
        "date_submitted/iso": ("5 May 2014", '"filed_at":"2014-05-05'),
        "due/published": ("30 April 2014", '"due":"2014-04-30"'),
        "due/iso": ("30 April 2014", '"due":"2014-04-30"'),
        "due/late_by_days": ("5 days late", '"days_late":5'),
        "national_points_of_contact/0": ("Office for Mine Action", '"text":"Office for Mine Action (government)"'),
        "national_points_of_contact/1": (
            "Ministry of Defence, Defence Policy Directorate, Arms Control Section",
            '"text":"Ministry of Defence, Defence Policy Directorate, Arms Control Section"',
        ),
        "national_points_of_contact/2": ("Croatian Mine Action Centre", '"text":"Croatian Mine Action Centre"'),
        "forms/A/national_measures": (
            "5 June 2009",
            '"date":"2009-06-05"',
        ),
        "figures/0/item": ("All types, as declared in 2011", '"text":"All types, as declared in 2011"'),
        "figures/0/quantity": ("7,235", '"number":7235'),
        "figures/0/unit": ("Munitions", '"munitions":{'),
        "figures/0/source": ("", ""),
        "figures/1/item": ("All types, as declared in 2011", '"text":"All types, as declared in 2011"'),
        "figures/1/quantity": ("178,318", '"number":178318'),
        "figures/1/unit": ("Submunitions in all", '"submunitions":{'),
        "figures/1/source": ("", ""),
        "sources/0": ("", ""),
        "sources/1": ("", ""),
    },
    "lao-pdr-annual-2016": {
        "state": ("Lao People's Democratic Republic", '"state":"LAO"'),
        "report_kind": ("Report for 2016", '"kind":"annual"'),
        "language": ("English", '"language":"en"'),
        "reporting_period/as_written": ("01/01/2016 to 31/12/2016", '"text":"01/01/2016 to 31/12/2016"'),
        "reporting_period/start": ("1 January 2016", '"date":"2016-01-01"'),
        "reporting_period/end": ("31 December 2016", '"date":"2016-12-31"'),
        "date_submitted": ("is not known", '"due":null'),
        "cover_page/A": ("A. National implementation measures", '"national_measures":{"parts":{},"standing":""'),
        "cover_page/B": (
            "for B to E only that they are unchanged or do not apply",
            '"stockpiles":{"parts":{},"standing":""',
        ),
        "cover_page/C": ("for B to E only", '"technical_characteristics":{"parts":{},"standing":""'),
        "cover_page/D": ("for B to E only", '"retained_transferred":{"parts":{},"standing":""'),
        "cover_page/E": ("for B to E only", '"conversion":{"parts":{},"standing":""'),
        "cover_page/F": (
            "Forms F to J are marked as changed",
            '"contamination_clearance":{"parts":{},"standing":"changed"',
        ),
        "cover_page/G": ("Forms F to J", '"risk_education":{"parts":{},"standing":"changed"'),
        "cover_page/H": ("Forms F to J", '"victim_assistance":{"parts":{},"standing":"changed"'),
        "cover_page/I": ("Forms F to J", '"resources_cooperation":{"parts":{},"standing":"changed"'),
        "cover_page/J": ("Forms F to J", '"other_matters":{"parts":{},"standing":"changed"'),
        "pages": ("The narrative of 20 pages was not available", "The narrative of 20 pages was not available"),
        "sources/0": ("", ""),
    },
}
for number, (munitions, lot, submunitions) in enumerate(
    [
        (6, "2-76", 900),
        (4, "8-76", 600),
        (17, "67-76", 2550),
        (14, "104-76", 2100),
        (29, "131-76", 4350),
        (1, "135-76", 150),
    ]
):
    row = f"Not named in the excerpt {munitions} 150 {submunitions:,} {lot}"
    FACTS["bulgaria-initial-2012"] |= {
        f"figures/{number}/type": (row, '"text":"Not named in the excerpt"'),
        f"figures/{number}/quantity": (row, f'"number":{munitions},'),
        f"figures/{number}/lot": (row, f'"text":"{lot}"'),
        f"figures/{number}/submunitions": (row, f'"number":{submunitions},'),
    }

# Where a fact has no place in the form: the beginning of its place, and why.
HOMELESS = {
    "id": OURS,
    "status_at_time": "the State's own record in the portal, not this report",
    "evidence": OURS,
    "template": ABOUT_PAPER,
    "reporting_period/note": OURS,
    "reporting_period/calendar_year": OURS,
    "date_submitted/precision": OURS,
    "due/margin_days": COMPUTED,
    "cover_page/ticks_readable": OURS,
    "figures_check": OURS,
    "totals_over_time": OTHERS,
    "related": "about the initial report, which is not this one",
    "awkward": OURS,
}
FORM_LETTER = re.compile(r"figures/\d+/form")  # the letter of the form: the portal keys sections by what they are about
EMPTY = {"cover_page", "figures"}  # there is none in some of the cases


@pytest.fixture
def entered():
    reports.load_real(by=person())
    return {version.report.state.iso3: version for version in ReportVersion.objects.select_related("report__state")}


def facts(thing, place=""):
    """Every fact of a case with its place: "figures/0/lot"."""
    inside = thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else ()
    found = [fact for key, value in inside for fact in facts(value, f"{place}/{key}".strip("/"))]
    return found or [(place, thing)]


def homeless(place, value):
    return (
        any(place == start or place.startswith(f"{start}/") for start in HOMELESS)
        or FORM_LETTER.fullmatch(place)
        or (place in EMPTY and not value)
    )


def page_text(version):
    page = Client().get(version.report.get_absolute_url()).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return plain(html.unescape(re.sub(r"<[^>]+>", " ", main)))


def pdf_text(version, folder):
    (folder / "report.pdf").write_bytes(process.run(order_of(version, Audience.PUBLIC)))
    told = subprocess.run(["pdftotext", "-layout", folder / "report.pdf", "-"], capture_output=True, check=True)
    return plain(told.stdout.decode())


def plain(text):
    return re.sub(r"\b([A-J])\.? (?=[A-Z])", r"\1. ", " ".join(text.split()).replace("’", "'"))


@pytest.mark.parametrize("case", STATES)
def test_every_fact_is_on_the_page_in_the_pdf_and_in_the_export(case, entered, tmp_path):
    told = json.loads((CASES / f"{case}.json").read_text(encoding="utf-8"))
    version = entered[STATES[case]]
    page, paper = page_text(version), pdf_text(version, tmp_path)
    export = export_text(version, Audience.PUBLIC)
    export = canonical(json.loads(export)).decode()

    expected = FACTS[case]
    with_place = {place for place, value in facts(told) if not homeless(place, value)}
    assert with_place == set(expected)
    lost = []
    for place, value in facts(told):
        if place not in with_place:
            continue
        words, written = expected[place]
        if place.startswith("sources") or place.endswith(
            "source"
        ):  # the sources are named in the note beside the report
            words, paper_words, written = value, "".join(value.split()), ""
            missing = [words not in page, paper_words not in "".join(paper.split())]
        else:
            missing = [words not in page, words not in paper, written not in export]
        if any(missing):
            lost.append((place, missing))
    assert lost == []


INVENTED_IN_NO_CASE = {"date_written", "remarks", "kind", "notes", "submunitions_each"}


@pytest.mark.parametrize("case", STATES)
def test_nothing_is_said_that_the_case_does_not_hold(case, entered):
    told = json.dumps(json.loads((CASES / f"{case}.json").read_text(encoding="utf-8")), ensure_ascii=False)
    version = entered[STATES[case]]

    said = {
        str(value)
        for _section, path, _field, cell in all_cells(edition("2010"), version.full_document)
        if cell and path.split(".")[-1] not in INVENTED_IN_NO_CASE
        for name, value in cell.items()
        if name in ("text", "number", "date")
    }
    own_words = {
        "Not named in the excerpt",
        "Law on the ratification of the Convention, passed by Parliament",
        "All types, as declared in 2011",
    }
    assert {text for text in said - own_words if text not in told} == set()


@pytest.mark.parametrize("case", STATES)
def test_what_was_exported_comes_in_again_as_it_went_out(case, entered):
    version = entered[STATES[case]]
    read = read_file(data=export_text(version, Audience.FULL).encode(), name="again.json")

    assert without_marks(read.content) == without_marks(version.full_document)
    assert import_draft(told=read, by=person(), at=version.filed_at).already
    assert Report.objects.count() == 3


def without_marks(document):
    """Without where answers come from, and what the portal itself gives: the slug and the provenance."""
    frame = {key: value for key, value in document.items() if key not in ("slug", "provenance")}
    return re.sub(rb'"from":"(iso|typed|imported:[^"]*)",', b"", canonical(frame))
