"""The requests made before the portal, as the file has them."""

from datetime import date

import pytest

from ccm_portal.core.enums import Role
from compliance.domain.request_history import load_extension_history
from compliance.models import ExtensionRequest
from meetings.domain.history import load_history
from tests import factories
from tests.compliance import factories_requests as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def history():
    load_history(by=None, at=make.A_MOMENT)
    return load_extension_history(by=None, at=make.A_MOMENT)


def of(iso3, number, kind="art4"):
    return ExtensionRequest.objects.get(state__iso3=iso3, clock__clock=kind, number=number)


def test_the_history_says_what_its_sources_say_and_no_more(history):
    germany, lebanon, peru, iraq = of("DEU", 1), of("LBN", 2), of("PER", 1, "art3"), of("IRQ", 1)

    assert (germany.lodging_due, germany.days_late) == (date(2018, 12, 2), 44)
    assert (lebanon.outcome, lebanon.granted_until, lebanon.decided_on) == ("not_recorded", None, None)
    assert lebanon.renews == of("LBN", 1)
    assert (peru.meeting.key, peru.decided_on, peru.granted_until) == ("2rc", None, date(2024, 4, 1))
    assert (iraq.decision.meeting.key, iraq.granted_until) == ("11msp", date(2028, 11, 1))
    assert ExtensionRequest.objects.filter(source="").count() == 0


def test_loaded_again_it_changes_nothing_and_leaves_alone_what_the_portal_has_recorded(history):
    chad = of("TCD", 2)
    ExtensionRequest.objects.filter(pk=chad.pk).update(about="Recorded since.", version=2)

    assert load_extension_history(by=None, at=make.A_MOMENT) == []
    chad.refresh_from_db()
    assert chad.about == "Recorded since."


def test_what_was_granted_last_agrees_with_the_clock_of_the_state(history):
    granted = (
        ExtensionRequest.objects.filter(granted_until__isnull=False).order_by("clock", "-number").distinct("clock")
    )
    # Where a later request has no recorded outcome, the clock may hold a day that is remembered and not confirmed.
    open_still = set(ExtensionRequest.objects.filter(outcome="not_recorded").values_list("clock", flat=True))

    differing = {
        str(one.clock)
        for one in granted.select_related("clock")
        if one.granted_until != one.clock.current and one.clock_id not in open_still
    }
    assert differing == set()


def test_a_state_renews_what_history_says_was_granted(history):
    draft = make.draft("CHL", by=factories.person(Role.APPROVER, "CHL"))

    assert (draft.number, draft.renews) == (5, of("CHL", 3))
    assert draft.sections.filter(key="achieved").exists()
