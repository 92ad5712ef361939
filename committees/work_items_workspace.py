"""What a person has to do next in the workspaces in which they work."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from ccm_portal.core.permissions import may
from ccm_portal.core.work_items import WorkItem
from committees.enums import PlanStatus, WithdrawalStatus
from committees.models import Milestone
from committees.rules import led_bodies, places_of
from committees.rules_workspace import own_follow_ups, own_terms, public_withdrawals

NEAR = timedelta(days=30)


def follow_ups_to_do(user: User, on: date) -> Iterator[WorkItem]:
    """What is this person's, by their account or by the term under which they are; what is overdue says so."""
    rows = own_follow_ups(user).filter(done_on=None) if _may_own(user) else ()
    for row in rows:
        yield WorkItem(
            label=row.what,
            url=reverse("committees:follow-up", args=[row.body.key, row.pk]),
            due=row.due,
            acts_for=row.body.name,
            detail=_("Overdue") if row.is_overdue(on) else "",
        )


def steps_to_take(user: User, on: date) -> Iterator[WorkItem]:
    """Steps of the plans of bodies that this person leads, of their State's term or of all leaders together, from a
    month before they are due."""
    led = led_bodies(user)
    if not led:
        return
    near = Milestone.objects.filter(done_on=None, due__lte=on + NEAR, plan__body__in=led)
    near = near.exclude(plan__status=PlanStatus.CLOSED).filter(Q(term=None) | Q(term__in=own_terms(user)))
    for row in near.select_related("plan__body").order_by("due", "pk"):
        body = row.plan.body
        yield WorkItem(
            label=row.text,
            url=reverse("committees:milestone", args=[body.key, row.plan_id, row.pk]),
            due=row.due,
            acts_for=body.name,
            detail=_("Overdue") if row.due and row.due < on else "",
        )


def _may_own(user: User) -> bool:
    """Whoever has neither a role, a term nor a place owns nothing: one look-up less on most desks."""
    return bool(user.roles or led_bodies(user) or places_of(user))


def withdrawals_to_mind(user: User, on: date) -> Iterator[WorkItem]:
    """While six months run: for the President, who leads on universalisation, and the ISO, which records the end."""
    running = list(public_withdrawals().filter(status=WithdrawalStatus.RUNNING).order_by("effective_on", "pk"))
    if not running or not may(user, "committees.mind_withdrawals", None):
        return
    keeps = may(user, "committees.keep_withdrawals", None)
    for row in running:
        is_over = row.effective_on <= on
        if is_over and not keeps:
            continue
        page = reverse("committees:universalisation") + f"#withdrawal-{row.pk}"
        yield WorkItem(
            label=(
                _("Record how the withdrawal of %(state)s ended")
                if is_over
                else _("%(state)s can still take its withdrawal back: speak with it")
            )
            % {"state": row.state.name},
            url=reverse("committees:withdrawal", args=[row.pk]) if keeps else page,
            due=row.effective_on,
        )
