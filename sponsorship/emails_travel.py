"""The mails about journeys: to the officers about those at risk, to a State's delegates about what they have to do. As
in ``emails``, labels and subjects name nobody; the words are those that are true when the mail leaves.
"""

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import outbox
from ccm_portal.core.enums import Role
from ccm_portal.core.models import Membership, OutgoingMessage, User
from sponsorship.domain import duties, risks
from sponsorship.domain.visa_clock import NOT_APPLIED, visa_clock
from sponsorship.models import Duty, Round, TravelFile

AT_RISK = "sponsorship.journeys_at_risk"
VISA_DUE = "sponsorship.visa_due"
REPORT_DUE = "sponsorship.report_due"


def register() -> None:
    """Make them known to the outbox."""
    desk = _("Something new on your desk")
    for name, label, template, context in (
        (AT_RISK, _("Sponsored journeys at risk"), "journeys_at_risk.txt", _at_risk),
        (VISA_DUE, desk, "visa_due.txt", _visa_due),
        (REPORT_DUE, desk, "report_due.txt", _report_due),
    ):
        outbox.register_kind(
            outbox.MessageKind(name=name, label=label, template=f"sponsorship/emails/{template}", context=context)
        )


def at_risk(*, round: Round, found: Iterable[tuple[TravelFile, risks.Risk]], at: datetime) -> int:
    """Owe every officer one mail about what is newly found in a round. Call it in the transaction that notes it."""
    pairs = [[travel.pk, risk.kind] for travel, risk in found]
    digest = sha256(repr(sorted(pairs)).encode()).hexdigest()[:16]
    officers = Membership.objects.in_force(at.date()).filter(role=Role.SPONSORSHIP_OFFICER).values("user")
    people = User.objects.filter(pk__in=officers, is_active=True).order_by("pk")
    return outbox.owe_many(
        kind=AT_RISK,
        messages=[
            outbox.Owed(
                key=f"{AT_RISK}:{round.pk}:{at.date()}:{digest}:{one.pk}",
                to=one,
                language=one.language,
                ids={"round": round.pk, "found": pairs},
            )
            for one in people
        ],
        at=at,
    )


def due(*, kind: str, of: TravelFile | Duty, day: date, rung: int, people: Iterable[User], at: datetime) -> int:
    """Owe the delegates of a State one reminder of this rung: ``day`` is the one that it speaks of, so that a day that
    moves is told anew."""
    return outbox.owe_many(
        kind=kind,
        messages=[
            outbox.Owed(key=f"{kind}:{of.pk}:{day}:{rung}:{one.pk}", to=one, language=one.language, ids={"of": of.pk})
            for one in people
        ],
        at=at,
    )


def _at_risk(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    """What is still so: by now a visa may be there."""
    round = Round.objects.select_related("meeting").filter(pk=message.ids["round"]).first()
    if round is None:
        return None
    told = {(pk, kind) for pk, kind in message.ids["found"]}
    rows = [
        {
            "state": travel.offer.state.name,
            "words": [risk.words for risk in its if (travel.pk, risk.kind) in told],
            "url": settings.SITE_ADDRESS + reverse("sponsorship:travel", args=[travel.offer_id]),
        }
        for travel, its in risks.risks(round, on=at.date()).items()
    ]
    rows = [row for row in rows if row["words"]]
    return {"meeting": round.meeting, "rows": rows} if rows else None


def _visa_due(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    travel = risks.journeys().filter(pk=message.ids["of"]).first()
    if travel is None or travel.visa not in NOT_APPLIED:
        return None
    offer = travel.offer
    page = reverse("sponsorship:own-travel", args=[offer.state.slug, offer.round.key, offer.pk])
    day = visa_clock(travel, offer.round).apply_by
    return {"meeting": offer.round.meeting, "day": day, "url": settings.SITE_ADDRESS + page, "late": at.date() > day}


def _report_due(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    found = Duty.objects.select_related("offer__round__meeting", "offer__nominee__application__state")
    duty = found.filter(pk=message.ids["of"], text="", offer__status__in=duties.OWED, noted_by=None).first()
    if duty is None:
        return None
    offer = duty.offer
    page = reverse("sponsorship:own-report", args=[offer.state.slug, offer.round.key, duty.pk])
    day = duties.report_due(offer.round)
    return {"meeting": offer.round.meeting, "day": day, "url": settings.SITE_ADDRESS + page, "late": at.date() > day}
