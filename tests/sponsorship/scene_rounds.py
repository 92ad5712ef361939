"""What the part on rounds has for the access tests."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Permission

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from ccm_portal.core.models import Organisation
from meetings.models import Meeting
from sponsorship.enums import RoundStatus, RuleEffect
from sponsorship.models import ASSESS_ROUND, CostAssumption, ObserverProgramme, Policy, RoundPlace, StateFact
from tests.factories import person, state
from tests.meetings.factories import meeting as a_meeting
from tests.sponsorship.factories import a_policy, a_round


def build(names: dict[str, Any]) -> dict[str, Any]:
    """``sponsored``: a round whose call is open. ``planned_round``: one that only officers know of, under rules that
    are not adopted."""
    at = clock.now()
    meeting = Meeting.objects.filter(key="14msp").first() or a_meeting()
    policy = a_policy(81, affected=RuleEffect.QUALIFIES, donor=RuleEffect.EXCLUDES)
    Policy.objects.filter(pk=policy.pk).update(adopted_on=at.date())
    open_round = a_round(
        meeting, key="14msp", policy=policy, closes_at=at + timedelta(days=30), opened_at=at, made_at=at
    )
    later = Meeting.objects.filter(key="15msp").first() or a_meeting("15msp", ordinal=15, year=at.year + 2)
    draft = a_policy(82, affected=RuleEffect.QUALIFIES)
    planned = a_round(later, key="15msp", status=RoundStatus.PLANNED, policy=draft)
    right = Permission.objects.get(codename=ASSESS_ROUND, content_type__app_label="sponsorship")
    place = RoundPlace.objects.create(
        user=person(Role.APPROVER, "NOR"), permission=right, content_object=open_round, given_at=at
    )
    cost = CostAssumption.objects.create(
        round=open_round,
        state=state("LAO"),
        ticket=Decimal(1200),
        nights=4,
        night_rate=Decimal(150),
        days=5,
        daily_rate=Decimal(60),
        terminal=Decimal(100),
    )
    cmc = Organisation.objects.get(key="cmc")
    ObserverProgramme.objects.create(round=open_round, organisation=cmc, persons=5, noted_at=at)
    return {
        "sponsored": open_round.key,
        "sponsored_round": open_round,
        "planned_round": planned.key,
        "policy": policy.number,
        "draft_policy": draft.number,
        "cost": cost.pk,
        "assessor": place.pk,
        "fact": StateFact.objects.get(state__iso3="LAO", kind="least_developed").pk,
    }
