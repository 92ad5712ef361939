"""The bodies that the files name, and the loader that brings the tables to what they say."""

from datetime import UTC, datetime

import pytest

from ccm_portal.core.domain.reference import NAME_LANGUAGES, load_reference_data, read
from committees.domain.reference import FOLDER
from committees.models import ActionPlan, Body, PlanAction

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_the_tables_hold_what_the_files_say_and_loading_again_changes_nothing():
    assert load_reference_data(by=None, at=NOW) == []


@pytest.mark.django_db
def test_a_correction_of_a_row_is_undone_and_told():
    Body.objects.filter(key="clearance").update(seats=5, parent=Body.objects.get(key="coordination"))
    Body.objects.get(key="theme-cooperation").committees.clear()

    assert load_reference_data(by=None, at=NOW) == [
        "body clearance: seats 5 → 2",
        "body clearance: parent → none",
        "body theme-cooperation: committees → stockpiles clearance victim-assistance",
    ]


@pytest.mark.django_db
def test_the_bodies_of_the_paper_and_the_themes_of_today_mapped_onto_them():
    told = {
        body.key: (body.kind.nature, body.parent and body.parent.key, sorted(c.key for c in body.committees.all()))
        for body in Body.objects.select_related("kind", "parent").prefetch_related("committees")
    }

    assert told == {
        "coordination": ("coordination", None, []),
        "universalisation": ("committee", None, []),
        "stockpiles": ("committee", None, []),
        "clearance": ("committee", None, []),
        "victim-assistance": ("committee", None, []),
        "universalisation-outreach": ("informal", "universalisation", []),
        "article-7-facilitation": ("informal", "universalisation", []),
        "theme-general-status": ("theme", None, ["universalisation"]),
        "theme-universalisation": ("theme", None, ["universalisation"]),
        "theme-stockpiles": ("theme", None, ["stockpiles"]),
        "theme-clearance": ("theme", None, ["clearance"]),
        "theme-risk-education": ("theme", None, ["clearance"]),
        "theme-victim-assistance": ("theme", None, ["victim-assistance"]),
        "theme-cooperation": ("theme", None, ["clearance", "stockpiles", "victim-assistance"]),
        "theme-transparency": ("theme", None, ["universalisation"]),
        "theme-national-implementation": ("theme", None, ["universalisation"]),
    }


@pytest.mark.django_db
def test_the_action_plan_has_fifty_numbers_and_themes_only_where_a_source_says():
    plan = ActionPlan.objects.get()

    assert (plan.key, sorted(plan.actions.values_list("number", flat=True))) == ("lausanne-2021", list(range(1, 51)))
    assert dict(PlanAction.objects.exclude(body=None).values_list("number", "body__key")) == {
        10: "theme-universalisation",
        11: "theme-universalisation",
        49: "theme-general-status",
        50: "theme-general-status",
    }


@pytest.mark.parametrize("row", read(FOLDER / "bodies.csv"), ids=lambda row: row["key"])
def test_a_subject_is_told_in_six_languages_or_in_none(row):
    assert len({language for language in NAME_LANGUAGES if row[f"subject_{language}"]}) in (0, 6)
    assert all(row[f"name_{language}"] for language in NAME_LANGUAGES)
