"""What three real reports say, typed as they say it. Facts from their public excerpts, in our own words.

Bulgaria, initial report of 2012: https://dokumen.tips/download/link/convention-on-cluster-munitions-reporting-formats-httpassets-6-2-76-900-4-8.html
Croatia, annual report for 2013: https://expydoc.com/doc/2745565/report---the-convention-on-cluster-munitions
Lao PDR, annual report for 2016: https://documents.pub/document/lao-peoples-democratic-republic-reporting-period-01-httpassets-6-wp.html
"""

from django.utils.translation import override

from reporting.form import content
from reporting.form.checks import ReportFacts, blocking, problems
from reporting.form.sentences import cover, period_words, presented_report
from tests.reporting.form.sample import FORM, changed, fill

LOTS = [("6", "2-76", "900"), ("4", "8-76", "600"), ("17", "67-76", "2550")]
LOTS += [("14", "104-76", "2100"), ("29", "131-76", "4350"), ("1", "135-76", "150")]


def build(sections, **frame):
    return content.build(FORM, sections, language="en", **frame)


def bulgaria():
    contacts = [
        {"organisation": "Ministry of Foreign Affairs, Security Policy Directorate"},
        {"organisation": "Ministry of Defence, Defence Policy Directorate"},
    ]
    stocks = [
        {
            "munition_type": "not named in the excerpt",
            "munitions": munitions,
            "submunitions_each": "150",
            "submunitions": submunitions,
            "lot_numbers": lot,
        }
        for munitions, lot, submunitions in LOTS
    ]
    header = fill("header", {"period.as_written": "INITIAL REPORT"}, rows={"contacts": contacts})
    return build(
        {
            "header": content.SectionState(answers=header),
            "stockpiles": changed("stockpiles", {}, rows={"stocks": stocks}),
        },
        state="BGR",
        kind="initial",
        slug="initial",
    )


def test_bulgarias_lots_are_six_rows_whose_numbers_stay_text():
    said = {section.key: section for section in presented_report(FORM, bulgaria(), "en")}
    stocks = said["stockpiles"].blocks[0]

    assert [row.cells for row in stocks.rows] == [
        ("not named in the excerpt", munitions, "150", f"{int(submunitions):,}", lot)
        for munitions, lot, submunitions in LOTS
    ]


def test_bulgarias_odd_period_and_two_contacts_are_kept_as_they_are():
    report = bulgaria()
    contacts = presented_report(FORM, report, "en")[0].blocks[0]

    assert period_words(report["period"], "en") == "“INITIAL REPORT”"
    assert [row.cells for row in contacts.rows] == [
        ("Ministry of Foreign Affairs, Security Policy Directorate",),
        ("Ministry of Defence, Defence Policy Directorate",),
    ]


def test_bulgarias_sums_are_right_and_its_period_is_no_problem():
    with override("en"):
        found = {problem.check for problem in problems(FORM, bulgaria(), facts=ReportFacts(kind="initial"))}

    assert found == {"no_standing", "row_incomplete", "not_answered"}


def test_croatias_dates_are_read_day_first_or_by_the_name_of_the_month():
    contacts = ["Office for Mine Action", "Ministry of Defence, Arms Control Section", "Croatian Mine Action Centre"]
    typed = {
        "period.starts": "JAN 01, 2013",
        "period.ends": "DEC 31, 2013",
        "period.as_written": "JAN 01, 2013 to DEC 31, 2013",
        "submission.date_written": "05/05/2014",
    }
    header = fill("header", typed, rows={"contacts": [{"organisation": name} for name in contacts]})
    measures = {"measures": [{"measure": "Law on ratification", "adopted": "2009-06-05"}]}

    report = build(
        {
            "header": content.SectionState(answers=header),
            "national_measures": changed("national_measures", {}, rows=measures),
        },
        state="HRV",
        kind="annual",
        slug="2013",
        year=2013,
    )
    header_said, measures_said = presented_report(FORM, report, "en")[:2]

    assert report["period"] == {
        "from": "2013-01-01",
        "to": "2013-12-31",
        "as_written": "JAN 01, 2013 to DEC 31, 2013",
    }
    assert [entry.text for entry in header_said.blocks[2].entries] == ["5 May 2014"]
    assert [row.cells for row in measures_said.blocks[0].rows] == [("Law on ratification", "5 June 2009")]


def test_laos_cover_page_is_said_as_far_as_it_can_be_read():
    contact = {"contacts": [{"organisation": "Ministry of Foreign Affairs"}]}
    header = fill("header", {"period.starts": "01/01/2016", "period.ends": "31/12/2016"}, rows=contact)
    report = build(
        {
            "header": content.SectionState(answers=header),
            **{
                key: content.SectionState("changed")
                for key in ("contamination_clearance", "risk_education", "victim_assistance")
            },
            **{key: content.SectionState("changed") for key in ("resources_cooperation", "other_matters")},
        },
        state="LAO",
        kind="annual",
        slug="2016",
        year=2016,
    )

    assert [(line.letter, line.standing) for line in cover(FORM, report, "en")] == [
        *((letter, "") for letter in "ABCDE"),
        *((letter, "changed") for letter in "FGHIJ"),
    ]
    with override("en"):
        found = blocking(problems(FORM, report, facts=ReportFacts(kind="annual")))
    assert [(problem.check, problem.section) for problem in found] == [
        ("no_standing", key)
        for key in (
            "national_measures",
            "stockpiles",
            "technical_characteristics",
            "retained_transferred",
            "conversion",
        )
    ]
