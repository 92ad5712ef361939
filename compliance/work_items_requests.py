"""What has to be done next about extension requests."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.models import User
from ccm_portal.core.work_items import WorkItem
from ccm_portal.core.writing import number_text
from compliance.domain import request_clock, request_reading
from compliance.enums import RequestStatus
from compliance.rules_requests import drafts, invited_drafts, office_intents


def drafts_to_lodge(user: User, on: date) -> Iterator[WorkItem]:
    """For a State's delegates: the drafts of its requests, each with the day by which it is to be lodged."""
    if not user.state_ids:
        return
    mine = list(drafts(user).filter(status=RequestStatus.DRAFT, state__in=user.state_ids).order_by("pk"))
    meetings = request_clock.formal_meetings() if mine else []
    for draft in mine:
        days = request_clock.lodging(draft.clock, on=on, meetings=meetings)
        yield WorkItem(
            label=_("Go on with: %(title)s") % {"title": request_reading.title_of(draft)},
            url=reverse("compliance:request-draft", kwargs=draft.address),
            due=days.due.day if days.due else draft.clock.current,
            acts_for=draft.state.name,
        )


def drafts_to_help_with(user: User, on: date) -> Iterator[WorkItem]:
    """For whoever was invited to a State's draft."""
    for draft in invited_drafts(user).order_by("pk"):
        yield WorkItem(
            label=_("Read or write: %(title)s") % {"title": request_reading.title_of(draft)},
            url=reverse("compliance:request-draft", kwargs=draft.address),
            due=None,
            acts_for=draft.state.name,
            detail=_("The State invited you to its draft."),
        )


def drafts_shown(user: User, on: date) -> Iterator[WorkItem]:
    """For the ISO: the drafts that States let it read."""
    shown = drafts(user).filter(status=RequestStatus.DRAFT, shown_to_iso_at__isnull=False)
    others = shown.exclude(state__in=user.state_ids).exclude(pk__in=invited_drafts(user).order_by().values("pk"))
    for draft in others.order_by("pk"):
        yield WorkItem(
            label=_("Read the draft: %(title)s") % {"title": request_reading.title_of(draft)},
            url=reverse("compliance:request-draft", kwargs=draft.address),
            due=None,
            acts_for=draft.state.name,
        )


def intents_noted(user: User, on: date) -> Iterator[WorkItem]:
    """For the ISO: what States said that they will ask for, in one line."""
    waiting = office_intents(user).count()
    if waiting:
        yield WorkItem(
            label=ngettext(
                "%(count)s State says that it will ask for an extension",
                "%(count)s States say that they will ask for an extension",
                waiting,
            )
            % {"count": number_text(waiting)},
            url=reverse("compliance:intent-list"),
            due=None,
        )


PROVIDERS = (drafts_to_lodge, drafts_to_help_with, drafts_shown, intents_noted)
