"""What has to be done next about assessment and offers: by assessors, by officers, by a State's delegates."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.models import User
from ccm_portal.core.permissions import is_sponsorship_officer
from ccm_portal.core.work_items import WorkItem
from ccm_portal.core.writing import instant_text, number_text
from sponsorship.domain import conflicts, scores
from sponsorship.enums import OfferStatus, RoundStatus
from sponsorship.rules import assessed_rounds, office_rounds
from sponsorship.rules_assessment import offers_to_answer


def to_assess(user: User, on: date) -> Iterator[WorkItem]:
    """For assessors: conflicts to declare, then scores to give, in rounds whose call is closed."""
    for round in assessed_rounds(user).filter(status=RoundStatus.CLOSED).order_by("closes_at", "pk"):
        if conflicts.declared(round, user) is None:
            yield WorkItem(
                label=_("Declare your conflicts of interest"),
                url=reverse("sponsorship:conflicts", args=[round.key]),
                due=None,
                detail=round.meeting.name,
            )
            continue
        progress = scores.progress(round, user)
        if not progress.sees_everything:
            label = ngettext("Score %(count)s nominated person", "Score %(count)s nominated people", progress.left)
            yield WorkItem(
                label=label % {"count": number_text(progress.left)},
                url=reverse("sponsorship:assessment", args=[round.key]),
                due=None,
                detail=round.meeting.name,
            )


def to_decide(user: User, on: date) -> Iterator[WorkItem]:
    """For officers: rounds to be decided, and decisions to be announced."""
    if not is_sponsorship_officer(user, None):
        return
    waiting = office_rounds(user).filter(status__in=(RoundStatus.CLOSED, RoundStatus.DECIDED))
    for round in waiting.order_by("closes_at", "pk"):
        decided = round.status == RoundStatus.DECIDED
        yield WorkItem(
            label=_("Announce the decision on sponsorship") if decided else _("Decide the round of sponsorship"),
            url=reverse("sponsorship:round-announce" if decided else "sponsorship:ranking", args=[round.key]),
            due=None,
            detail=round.meeting.name,
        )


def to_answer(user: User, on: date) -> Iterator[WorkItem]:
    """For approvers and heads of delegation: the offers that wait for a reply."""
    for offer in offers_to_answer(user).filter(status=OfferStatus.OFFERED).order_by("reply_by", "pk"):
        yield WorkItem(
            label=_("Accept or decline an offer of sponsorship"),
            url=reverse("sponsorship:offer-reply", args=[offer.state.slug, offer.round.key, offer.pk]),
            due=offer.reply_by.date(),
            acts_for=offer.state.name,
            detail=_("Without a reply by %(moment)s it goes to the next on the list.")
            % {"moment": instant_text(offer.reply_by)},
        )


PROVIDERS = (to_assess, to_decide, to_answer)
