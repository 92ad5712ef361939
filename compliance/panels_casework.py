"""Blocks on the page of a case: how it stands, and its time line. The tab of its responses."""

from datetime import datetime

from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from ccm_portal.core.panels import Panel
from compliance.domain.case_acts import own_state
from compliance.domain.case_reading import time_line, waiting
from compliance.enums import Access, CaseStatus, Side
from compliance.models import CasePlace, ComplianceCase
from compliance.rules import visible_places


def led_from_its_state(case: ComplianceCase, user: User, place: CasePlace, at: datetime) -> Panel | None:
    """For everybody named: that whoever leads it acts for the State concerned."""
    if place.access == Access.LEAD:
        lead: User | None = user
    else:
        lead = next((one.user for one in visible_places(user, case) if one.access == Access.LEAD), None)
    return Panel("compliance/panels/case_lead.html") if lead and own_state(case, lead) else None


def how_it_stands(case: ComplianceCase, user: User, place: CasePlace, at: datetime) -> Panel | None:
    """Outcome, next action: for the team. The State concerned learns which concerns wait for it."""
    if place.side == Side.TEAM:
        owner = case.next_owner
        is_named = owner is not None and CasePlace.objects.filter(content_object=case, user=owner).exists()
        standing = "past" if case.next_due and case.next_due < at.date() else "ahead"
        context = {
            "owner": owner,
            "owner_left": owner is not None and not is_named,
            "standing": standing,
            "is_new": case.status == CaseStatus.NOTED,
            "is_settled": case.settled_on is not None,
            "is_at_meeting": case.status == CaseStatus.MEETING,
        }
        return Panel("compliance/panels/case_head.html", context)
    waits = waiting(time_line(user, case, place))
    return Panel("compliance/panels/case_waits.html", {"waits": waits}) if waits else None


def case_time_line(case: ComplianceCase, user: User, place: CasePlace, at: datetime) -> Panel | None:
    """What this person may read of it, each reply beside its concern."""
    lines = time_line(user, case, place)
    of_team = place.side == Side.TEAM
    waits = waiting(lines) if of_team else []
    return Panel("compliance/panels/case_time_line.html", {"lines": lines, "of_team": of_team, "waits": waits})


def responses_tab(case: ComplianceCase, place: CasePlace) -> tuple[str, str] | None:
    return (_("Responses"), "case-responses") if place.side == Side.TEAM else None
