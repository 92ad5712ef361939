"""What the kernel puts on a person's desk: the people they look after, and mail that waits for the office."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core import reminders
from ccm_portal.core.domain.messages import STUCK
from ccm_portal.core.enums import STATE_ROLES, Role
from ccm_portal.core.models import Invitation, OutgoingMessage, ReminderPause, User
from ccm_portal.core.panels import Panel
from ccm_portal.core.permissions import may
from ccm_portal.core.work_items import WorkItem


def standing_panel(user: User, on: date) -> Panel | None:
    """In words, for someone without work here: what ended or has not begun, and what they can do now."""
    if user.roles & {*STATE_ROLES, Role.ISO_STAFF}:
        return None
    held = {(membership.role, membership.acts_for) for membership in user.memberships_named}
    given = user.memberships.select_related("state", "organisation").order_by("-ends", "pk")
    others = [row for row in given if (row.role, row.acts_for) not in held]
    running = [row for row in others if not row.is_over(on)]
    offers = Invitation.objects.filter(email=user.email, accepted_at=None, withdrawn_at=None, expires_at__date__gte=on)
    told: dict[str, Any] = {
        "ended": [row for row in others if row.is_over(on) and row.accepted_at],
        "invited": [*offers, *(row for row in running if not row.accepted_at)],
        "later": [row for row in running if row.accepted_at],
        "registers": may(user, "core.read_register", None),
        "administers": user.is_staff,
    }
    return Panel("core/parts/desk_standing.html", told, only_alone=not any(told.values()))


def people_panel(user: User, on: date) -> Panel | None:
    """The way to the delegations a person acts for, and for the office to everybody."""
    office = may(user, "core.see_messages", None)
    if not user.states and not office:
        return None
    stuck = OutgoingMessage.objects.filter(status__in=STUCK).count() if office else 0
    return Panel("core/parts/desk_people.html", {"states": user.states, "office": office, "stuck": stuck})


def reminders_to_mind(user: User, on: date) -> Iterator[WorkItem]:
    """For the office: a pause that runs, what falls due meanwhile, and items of which nobody can be told."""
    if not may(user, "core.see_messages", None):
        return
    page = reverse("core:reminder-list")
    pauses = list(ReminderPause.objects.running(on).select_related("state"))
    for pause, near in reminders.due_in(pauses, on=on):
        label = (
            _("Reminders to %(state)s are paused") % {"state": pause.state.name}
            if pause.state
            else _("All reminders are paused")
        )
        detail = ngettext(
            "%(count)d deadline falls into the pause", "%(count)d deadlines fall into the pause", len(near)
        ) % {"count": len(near)}
        yield WorkItem(label=label, url=page, due=pause.until, detail=detail if near else "")
    if count := len({item.state.pk for item, _rung in reminders.plan(on=on).nobody}):
        label = ngettext(
            "Of %(count)d State nobody can be reminded", "Of %(count)d States nobody can be reminded", count
        )
        yield WorkItem(label=label % {"count": count}, url=f"{page}#nobody", due=None)


def mail_to_decide(user: User, on: date) -> Iterator[WorkItem]:
    """Mail whose outcome is unclear waits for the office."""
    if not may(user, "core.see_messages", None):
        return
    if count := OutgoingMessage.objects.filter(status__in=STUCK).count():
        label = ngettext(
            "%(count)d message is unclear or failed: decide", "%(count)d messages are unclear or failed: decide", count
        )
        yield WorkItem(label=label % {"count": count}, url=reverse("core:message-list"), due=None)
