"""Every check has a report that passes and a report that fails."""

from datetime import date

import pytest
from django.utils.translation import override

from reporting.form import content
from reporting.form.checks import CHECKS, GROUPS, Problem, ReportFacts, blocking, problems
from reporting.form.examples import EXAMPLES
from tests.reporting.form.sample import CONTACT, FORM, PERIOD, changed, fill, report, sections, unchanged

FACTS = ReportFacts(kind="annual")


def found(built, facts=FACTS):
    with override("en"):
        return [(p.check, p.section, p.path, p.sentence) for p in problems(FORM, built, facts=facts)]


def of(check, built, facts=FACTS):
    return [(section, path, sentence) for key, section, path, sentence in found(built, facts) if key == check]


def test_a_complete_report_has_no_problem():
    assert found(report()) == []


def test_the_public_list_names_every_check_with_a_sentence_and_its_group():
    with override("en"):
        assert all(str(check.sentence).endswith(".") for check in CHECKS.values())
    assert {check.group for check in CHECKS.values()} == set(GROUPS)
    assert [key for key, check in CHECKS.items() if check.severity == "blocks"] == [
        "unreadable",
        "no_standing",
        "initial_unchanged",
        "unchanged_since_nothing",
        "always_applies",
        "no_contact",
        "row_without_key",
    ]


def test_every_check_has_a_report_that_passes_and_one_that_fails():
    assert set(EXAMPLES) == set(CHECKS)


@pytest.mark.parametrize("key", CHECKS)
def test_a_check_finds_what_it_should_and_nothing_else(key):
    found = {}
    for name in ("passes", "fails"):
        case = getattr(EXAMPLES[key], name)
        found[name] = [p for p in problems(FORM, case.content, facts=case.facts) if p.check == key]
    assert found["passes"] == []
    assert len({problem.sentence for problem in found["fails"]}) == len(found["fails"]) > 0
    assert {problem.severity for problem in found["fails"]} == {CHECKS[key].severity}


def stocks(**cells):
    row = {"munition_type": "BL755", "munitions": "12", "submunition_type": "Mk1"}
    row |= {"submunitions_each": "147", "submunitions": "1764", **cells}
    return changed(
        "stockpiles",
        {},
        rows={"stocks": [row]},
        none=["loose_submunitions", "destruction_sites", "destroyed", "found_later"],
    )


def test_an_answer_that_cannot_be_read_blocks():
    assert of("unreadable", report(stockpiles=stocks(munitions="many"))) == [
        (
            "stockpiles",
            "stocks.r1.munitions",
            "“Cluster munitions held”, row “BL755”: Munitions: “many” is not a number. "
            "Write 12, about 12, at least 12, or unknown.",
        )
    ]
    assert of("unreadable", report(stockpiles=stocks(munitions="unknown"))) == []


def test_a_section_without_standing_blocks():
    built = report(conversion=content.SectionState())

    assert of("no_standing", built) == [
        (
            "conversion",
            "",
            "“Conversion of production facilities”: say whether this section has changed, is unchanged or does not "
            "apply.",
        )
    ]
    assert of("no_standing", report()) == []


def test_an_initial_report_cannot_be_unchanged():
    built = report(kind="initial", slug="initial", conversion=unchanged())
    sentence = (
        "“Conversion of production facilities” cannot be unchanged in an initial report. "
        "Answer it, or mark it not applicable."
    )

    assert of("initial_unchanged", built, ReportFacts(kind="initial")) == [("conversion", "", sentence)]
    assert of("initial_unchanged", built) == []


def test_unchanged_needs_the_report_it_rests_on():
    sentence = (
        "“Conversion of production facilities” is marked unchanged, but no earlier report holds it. "
        "Mark it changed and answer it."
    )

    assert of("unchanged_since_nothing", report(conversion=content.SectionState("unchanged"))) == [
        ("conversion", "", sentence)
    ]
    assert of("unchanged_since_nothing", report(conversion=unchanged())) == []


def test_national_measures_always_apply():
    sentence = (
        "“National implementation measures” always applies. If there is nothing yet, mark it changed and say so in "
        "its tables."
    )

    assert of("always_applies", report(national_measures=content.SectionState("not_applicable"))) == [
        ("national_measures", "", sentence)
    ]
    assert of("always_applies", report()) == []


def test_a_report_names_a_contact():
    header = content.SectionState(answers=fill("header", PERIOD))

    assert of("no_contact", report(header=header)) == [
        ("header", "contacts", "Name at least one national point of contact.")
    ]
    assert of("no_contact", report()) == []


def test_a_row_that_does_not_say_what_it_is_about_blocks_where_the_convention_asks():
    assert of("row_without_key", report(stockpiles=stocks(munition_type=""))) == [
        (
            "stockpiles",
            "stocks.r1.munition_type",
            "“Cluster munitions held”: the row with “12” does not say what it is about. Fill in: Type of munition.",
        )
    ]
    assert of("row_without_key", report(stockpiles=stocks())) == []


def areas(**cells):
    return changed("contamination_clearance", {}, rows={"known_areas": [{"size": "3 ha", **cells}]})


def test_a_row_that_does_not_say_where_only_warns():
    assert of("row_without_name", report(contamination_clearance=areas())) == [
        (
            "contamination_clearance",
            "known_areas.r1.area_id",
            "“Areas known to be contaminated”: the row with “3 ha” does not say what it is about. "
            "Fill in: Area; Province; District; Village or place.",
        )
    ]
    assert of("row_without_name", report(contamination_clearance=areas(province="Xieng Khouang"))) == []


def test_a_half_filled_row_warns_with_what_is_missing():
    assert of("row_incomplete", report(stockpiles=stocks(munitions="", submunitions=""))) == [
        (
            "stockpiles",
            "stocks.r1.munitions",
            "“Cluster munitions held”, row “BL755”: still empty are Munitions; Submunitions in all. "
            "Write unknown if you do not know.",
        )
    ]
    assert of("row_incomplete", report(stockpiles=stocks(munitions="unknown"))) == []


def test_what_the_convention_asks_is_answered_or_there_is_nothing():
    empty = report(stockpiles=changed("stockpiles", {}, none=["stocks", "destroyed", "found_later"]))
    nothing = ["stocks", "loose_submunitions", "destruction_sites", "destroyed", "found_later"]

    assert [(path, sentence) for _section, path, sentence in of("not_answered", empty)] == [
        (
            "loose_submunitions",
            "“Submunitions held outside a munition” is empty. Add a row, or say that there is nothing to report.",
        ),
        ("programme", "“Destruction programme” is not answered yet."),
        ("destruction_sites", "“Destruction sites” is empty. Add a row, or say that there is nothing to report."),
    ]
    assert of("not_answered", report(stockpiles=changed("stockpiles", {}, none=nothing))) == []


def test_a_question_of_the_convention_left_open_among_others_is_named():
    warning = {"warning.measures": "Leaflets.", "warning.signs": "Red signs."}

    def education(**typed):
        return report(risk_education=changed("risk_education", typed, none=["activities"]))

    assert of("not_answered", education(**{"warning.measures": "Leaflets."})) == [
        ("risk_education", "warning.signs", "“Warning and programme”: still empty are Signs and marking.")
    ]
    assert of("not_answered", education(**warning)) == []


def test_retention_is_owed_every_year():
    sentence = (
        "“Retained and transferred munitions” is marked unchanged. "
        "If you retain munitions, Article 3.8 asks for them every year."
    )

    assert of("retention_unchanged", report(retained_transferred=unchanged())) == [
        ("retained_transferred", "", sentence)
    ]
    assert of("retention_unchanged", report(conversion=unchanged())) == []


def transfer(**cells):
    row = {"munition_type": "BL755", "receiver": "FRA", "transferred_on": "May 2025", **cells}
    return report(retained_transferred=changed("retained_transferred", {}, rows={"transferred": [row]}))


@pytest.mark.parametrize(
    ("cells", "asked", "party", "warned"),
    [
        ({}, ("FRA", date(2025, 5, 31)), True, False),
        ({}, ("FRA", date(2025, 5, 31)), False, True),
        ({"transferred_on": ""}, ("FRA", date(2025, 12, 31)), False, True),
    ],
)
def test_munitions_are_transferred_to_a_state_party_only(cells, asked, party, warned):
    questions = []

    def is_state_party(iso3, day):
        questions.append((iso3, day))
        return party

    facts = ReportFacts(kind="annual", is_state_party=is_state_party)
    sentence = "France was not a State Party at that time. Article 3.7 allows transfer to a State Party only."

    assert of("receiver_not_party", transfer(**cells), facts) == (
        [("retained_transferred", "transferred.r1.receiver", sentence)] if warned else []
    )
    assert questions == [asked]


def header(**typed):
    return content.SectionState(answers=fill("header", typed, rows={"contacts": [CONTACT]}))


def test_a_report_says_which_time_it_covers():
    assert of("period_missing", report(header=header())) == [("header", "period", "Say which time this report covers.")]
    assert of("period_missing", report(header=header(**{"period.as_written": "INITIAL REPORT"}))) == []


def test_a_period_starts_before_it_ends():
    reversed_ = header(**{"period.starts": "2025-12-31", "period.ends": "2025-01"})

    assert of("period_reversed", report(header=reversed_)) == [
        ("header", "period.ends", "The period ends before it starts. Check the two dates.")
    ]
    assert of("period_reversed", report(header=header(**{"period.starts": "2025", "period.ends": "2025"}))) == []


@pytest.mark.parametrize(("ends", "is_told"), [("31 December 2026", True), ("1 March 2026", False), ("2026", True)])
def test_a_period_that_is_still_to_come_warns(ends, is_told):
    built = report(header=header(**{"period.starts": "2026-01-01", "period.ends": ends}))
    told = f"The period runs to {ends}, which is still to come."

    found = of("period_to_come", built, ReportFacts(kind="annual", today=date(2026, 3, 1)))

    assert found == ([("header", "period.ends", told)] if is_told else [])
    assert of("period_to_come", built) == []


def released(*, typed=(), carried="2025"):
    """Land released, as last year's report said it, with the cells in ``typed`` written anew."""
    row = {"cleared": "2 km2"}
    table = FORM.section("contamination_clearance").part("released")
    row = {column.key: row.get(column.key, "") for column in table.columns}
    answers = fill("contamination_clearance", {}, rows={"released": [row]})
    cells = answers["parts"]["released"]["rows"][0]["cells"]
    cells["notes"] = {"is": "given", "text": "North", "from": "typed"}
    for key, cell in cells.items():
        cell["from"] = "typed" if key in typed else f"carried:{carried}"
    return answers


CARRIED = (
    "The figures for the period in “Land released in the period” are those of an earlier report (2025). "
    "Check that they are this year's."
)


def test_figures_for_the_period_that_are_an_earlier_reports_warn():
    for standing in ("changed", "unchanged"):
        built = report(contamination_clearance=content.SectionState("changed", released()))
        built["sections"]["contamination_clearance"]["standing"] = standing
        assert of("period_carried", built) == [("contamination_clearance", "released", CARRIED)]
    built = report(contamination_clearance=content.SectionState("changed", released(typed=["notes"])))
    assert of("period_carried", built) == []


def test_casualties_of_all_years_may_be_an_earlier_reports():
    def casualties(counted):
        answers = fill("victim_assistance", {}, rows={"casualties": [{"counted": counted, "girls": "3"}]})
        for cell in answers["parts"]["casualties"]["rows"][0]["cells"].values():
            cell["from"] = "carried:2025"
        return report(victim_assistance=content.SectionState("changed", answers))

    assert [path for _key, path, _words in of("period_carried", casualties("New in the period"))] == ["casualties"]
    assert of("period_carried", casualties("All so far")) == []


def test_fresh_answers_that_will_not_be_filed_are_told():
    states = sections(stockpiles=content.SectionState("unchanged", stocks().answers, {"slug": "2019", "filed_on": ""}))
    facts = ReportFacts(kind="annual", left_out=content.left_out(states))

    assert of("answers_left_out", report(stockpiles=states["stockpiles"]), facts) == [
        (
            "stockpiles",
            "",
            "“Stockpiles and destruction” has new answers that will not be filed. Mark it changed if they should be.",
        )
    ]
    assert of("answers_left_out", report(stockpiles=states["stockpiles"])) == []


@pytest.mark.parametrize("cells", [{}, {"munitions": "about 10"}, {"submunitions": "unknown"}, {"submunitions": ""}])
def test_a_product_that_fits_or_cannot_be_known_is_no_problem(cells):
    assert of("product_differs", report(stockpiles=stocks(**cells))) == []


def test_a_product_that_does_not_fit_warns():
    assert of("product_differs", report(stockpiles=stocks(submunitions="1746"))) == [
        (
            "stockpiles",
            "stocks.r1.submunitions",
            "“Cluster munitions held”, row “BL755”: 12 times 147 is 1,764, not 1,746.",
        )
    ]


def test_what_blocks_comes_first_then_the_order_of_the_form():
    built = report(header=content.SectionState(), conversion=content.SectionState(), retained_transferred=unchanged())
    with override("en"):
        all_found = problems(FORM, built, facts=FACTS)

    assert [(problem.check, problem.severity) for problem in all_found] == [
        ("no_contact", "blocks"),
        ("no_standing", "blocks"),
        ("period_missing", "warns"),
        ("retention_unchanged", "warns"),
        ("not_answered", "warns"),
    ]
    assert blocking(all_found) == all_found[:2]
    assert isinstance(all_found[0], Problem)
