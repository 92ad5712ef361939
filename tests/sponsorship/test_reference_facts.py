"""Facts about States, as the file says them and as officers correct them."""

from datetime import date

import pytest

from sponsorship.domain.reference_facts import load_facts
from sponsorship.enums import FactKind
from sponsorship.models import StateFact
from tests.sponsorship.factories import AT

pytestmark = pytest.mark.django_db


def test_the_lists_have_as_many_states_as_the_united_nations_say():
    day = date(2026, 11, 23)

    def on(kind, day):
        facts = StateFact.objects.filter(kind=kind)
        return sum(1 for fact in facts if fact.until is None or day < fact.until)

    assert (on(FactKind.LEAST_DEVELOPED, day), on(FactKind.LEAST_DEVELOPED, date(2026, 11, 24))) == (44, 41)
    assert on(FactKind.SMALL_ISLAND, day) == 39
    laos = StateFact.objects.get(state__iso3="LAO", kind=FactKind.LEAST_DEVELOPED)
    assert (laos.until, laos.confidence) == (date(2026, 11, 24), "medium")


def test_loading_again_corrects_what_came_with_the_portal_and_leaves_what_an_officer_noted():
    ours = StateFact.objects.get(state__iso3="LAO", kind=FactKind.LEAST_DEVELOPED)
    StateFact.objects.filter(pk=ours.pk).update(until=date(2029, 11, 24), noted_at=AT)
    StateFact.objects.filter(state__iso3="TCD").update(source="elsewhere")

    assert load_facts(AT) == ["fact about a State TCD least_developed: corrected"]
    ours.refresh_from_db()
    assert ours.until == date(2029, 11, 24)
    assert load_facts(AT) == []
