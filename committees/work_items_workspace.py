"""What a person has to do next in the workspaces in which they work."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from ccm_portal.core.work_items import WorkItem
from committees.rules import led_bodies, places_of
from committees.rules_workspace import own_follow_ups


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


def _may_own(user: User) -> bool:
    """Whoever has neither a role, a term nor a place owns nothing: one look-up less on most desks."""
    return bool(user.roles or led_bodies(user) or places_of(user))
