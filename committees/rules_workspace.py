"""Who may do what with what is written in a workspace, and the querysets beside it.

    committees.write_work       a contact, follow-up, problem: whoever writes in its body
    committees.lead_work        a work plan, a paper: whoever leads its body
    committees.do_follow_up     a follow-up: whoever writes in its body, and whose it is
    committees.keep_withdrawals withdrawals from the Convention, as data: the ISO
    committees.mind_withdrawals what is to be done while one runs: the President, who leads universalisation, the ISO

Everything written in a workspace is reached through the bodies in which the person works.
"""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from ccm_portal.core import clock
from ccm_portal.core.document_rules import public_documents
from ccm_portal.core.permissions import is_iso_staff, is_president
from committees import offices
from committees.enums import PlanStatus
from committees.models import (
    Body,
    BodyPaper,
    Contact,
    FollowUp,
    JoiningEntry,
    Problem,
    ResolutionVote,
    TermPerson,
    Withdrawal,
    WorkPlan,
    WorkspacePlace,
)
from committees.rules import leads_body, led_bodies, working_bodies, works_in_body, writes_in_body

# The bodies in whose workspaces the universalisation log is written: the committee, and today's theme of that name.
LOG_BODIES = ("universalisation", "theme-universalisation")


@rules.predicate
def writes_where_it_stands(user: Any, row: Any) -> bool:
    """Writes in the body to which the row belongs."""
    return row is not None and bool(writes_in_body.test(user, row.body))


@rules.predicate
def leads_where_it_stands(user: Any, row: Any) -> bool:
    """Leads the body to which the row belongs."""
    return row is not None and bool(leads_body.test(user, row.body))


@rules.predicate
def is_to_do_it(user: Any, follow_up: Any) -> bool:
    """It is this person's, who still works in the body: a reader, too, says that it is done."""
    if follow_up is None or not works_in_body.test(user, follow_up.body):
        return False
    return bool(follow_up.owner_id == user.pk or offices.owns(user, follow_up.owner_name))


rules.add_perm("committees.write_work", writes_where_it_stands | is_iso_staff)
rules.add_perm("committees.lead_work", leads_where_it_stands | is_iso_staff)
rules.add_perm("committees.do_follow_up", writes_where_it_stands | is_to_do_it | is_iso_staff)


@rules.predicate
def leads_universalisation(user: Any, obj: object = None) -> bool:
    """Leads the committee of universalisation or today's theme of that name."""
    return Body.objects.filter(key__in=LOG_BODIES, pk__in=led_bodies(user)).exists() if led_bodies(user) else False


rules.add_perm("committees.keep_withdrawals", is_iso_staff)
rules.add_perm("committees.mind_withdrawals", is_president | is_iso_staff | leads_universalisation)


def visible_places(user: Any) -> QuerySet[WorkspacePlace]:
    """Who is named to the workspaces in which this person works."""
    places = WorkspacePlace.objects.filter(content_object__in=working_bodies(user))
    return places.select_related("content_object__kind", "user")


def visible_contacts(user: Any) -> QuerySet[Contact]:
    """Contacts noted in the bodies in which this person works."""
    return Contact.objects.filter(body__in=working_bodies(user)).select_related("body__kind", "noted_by")


def visible_problems(user: Any) -> QuerySet[Problem]:
    """Problems raised in the bodies in which this person works."""
    return Problem.objects.filter(body__in=working_bodies(user)).select_related("body__kind", "raised_by", "contact")


def visible_follow_ups(user: Any) -> QuerySet[FollowUp]:
    """What is to be done in the bodies in which this person works."""
    rows = FollowUp.objects.filter(body__in=working_bodies(user))
    return rows.select_related("body__kind", "owner", "term__state", "contact", "problem", "noted_by", "done_by")


def own_terms(user: Any) -> QuerySet[Any]:
    """The ids of the terms under which this person is today, where they run."""
    under = TermPerson.objects.leading(clock.today()).filter(user=user)
    return under.filter(term__state__in=user.any_state_ids).values("term")


def own_follow_ups(user: Any) -> QuerySet[FollowUp]:
    """Of these, what is this person's: as an account, as a person under the term that runs, or by an office."""
    mine = Q(owner=user) | Q(term__in=own_terms(user)) | offices.owned_by(user)
    return visible_follow_ups(user).filter(mine)


def visible_plans(user: Any) -> QuerySet[WorkPlan]:
    """Work plans of the bodies in which this person works, drafts among them."""
    return WorkPlan.objects.filter(body__in=working_bodies(user)).select_related("body__kind")


def public_plans() -> QuerySet[WorkPlan]:
    """Work plans that everybody reads: published, or closed after that."""
    shown = WorkPlan.objects.filter(status__in=[PlanStatus.PUBLISHED, PlanStatus.CLOSED])
    return shown.select_related("body__kind")


def visible_entries(user: Any) -> QuerySet[JoiningEntry]:
    """The universalisation log: whole for who works on it, else what is shown to everybody."""
    if working_bodies(user).filter(key__in=LOG_BODIES).exists():
        return JoiningEntry.objects.select_related("state", "contact", "noted_by")
    return public_entries()


def public_entries() -> QuerySet[JoiningEntry]:
    """What everybody reads of it: from a public source, and shown."""
    return JoiningEntry.objects.filter(is_public=True).select_related("state")


def public_votes() -> QuerySet[ResolutionVote]:
    """Votes of States on the yearly resolution: public in the General Assembly, and here."""
    return ResolutionVote.objects.select_related("state")


def public_withdrawals() -> QuerySet[Withdrawal]:
    """Withdrawals, which the Depositary makes known to everybody."""
    return Withdrawal.objects.select_related("state")


def keeping_withdrawals(user: Any) -> QuerySet[Withdrawal]:
    """The set form of ``committees.keep_withdrawals``."""
    return public_withdrawals() if is_iso_staff(user, None) else Withdrawal.objects.none()


def visible_body_papers(user: Any) -> QuerySet[BodyPaper]:
    """Papers of the bodies in which this person works, published or not."""
    papers = BodyPaper.objects.filter(body__in=working_bodies(user))
    return papers.select_related("body__kind", "document__proposed_by")


def public_body_papers() -> QuerySet[BodyPaper]:
    """Papers of bodies that everybody reads."""
    return BodyPaper.objects.filter(document__in=public_documents()).select_related("body__kind", "document")
