"""Reports on a round: to one donor, and to the meeting. A draft is counted each time; what is issued stays as it was,
and a corrected report is the next number."""

import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ccm_portal.core import files, register
from ccm_portal.core.models import User
from ccm_portal.core.permissions import require
from ccm_portal.core.workflow import locked
from committees.domain.said import WorkRefused
from meetings.domain.agenda_publishing import canonical
from sponsorship import emails_accounts
from sponsorship.domain import account_figures
from sponsorship.enums import RoundStatus
from sponsorship.models import Contribution, IssuedAccount, Round
from sponsorship.workflow_settlement import SETTLES

TOLD = (RoundStatus.ANNOUNCED, RoundStatus.SETTLED)
# What is not a figure: it changes without anything having happened.
BESIDE = ("number", "issued_at")


class FiguresChanged(WorkRefused):
    """The figures moved between the page and the press of the button."""

    def __init__(self) -> None:
        super().__init__(_("The figures changed after you opened the page. Read them again, then issue the report."))


def draft(round: Round, contribution: Contribution | None, *, at: datetime) -> dict[str, Any]:
    """The figures as they stand: of one contribution, or of the whole round for the meeting."""
    if contribution is None:
        return account_figures.of_meeting(round, at=at)
    return account_figures.of_donor(round, contribution, at=at)


def fingerprint(content: dict[str, Any]) -> str:
    """The same for the same figures, whenever they were counted."""
    return files.digest(canonical({key: value for key, value in content.items() if key not in BESIDE}).encode())


def content_of(issued: IssuedAccount) -> dict[str, Any]:
    return dict(json.loads(issued.content))


def last_of(round: Round, contribution: Contribution | None) -> IssuedAccount | None:
    return IssuedAccount.objects.filter(round=round, contribution=contribution).order_by("-number").first()


@transaction.atomic
def issue(*, round: Round, contribution: Contribution | None, seen: str, by: User, at: datetime) -> IssuedAccount:
    """Issue a report, as the next number. To a donor it is sent word of, without an amount; to the meeting, everybody
    reads it.

    :param seen: the fingerprint of the figures that the page showed.
    :raises PermissionDenied: to anybody but a sponsorship officer.
    :raises WorkRefused: before the round is announced, or where nothing changed since the last one.
    :raises FiguresChanged: if the figures are others than those seen.
    """
    require(by, SETTLES, None)
    round = locked(round)
    if round.status not in TOLD:
        raise WorkRefused(_("Reports are issued once the round is announced."))
    content = draft(round, contribution, at=at)
    if fingerprint(content) != seen:
        raise FiguresChanged
    before = last_of(round, contribution)
    if before and fingerprint(content_of(before)) == seen:
        raise WorkRefused(_("Nothing changed since report number %(number)s.") % {"number": before.number})
    of = IssuedAccount.objects.filter(round=round, contribution=contribution)
    number = (of.aggregate(last=Max("number"))["last"] or 0) + 1
    words = canonical(content | {"number": number, "issued_at": at.isoformat()})
    issued = IssuedAccount.objects.create(
        round=round,
        contribution=contribution,
        number=number,
        content=words,
        content_hash=files.digest(words.encode()),
        issued_by=by,
        issued_at=at,
    )
    if contribution is not None:
        emails_accounts.owe_issued(issued, at=at)
    register.append(
        action="sponsorship.issuedaccount.issue",
        by=by,
        at=at,
        obj=issued,
        content_hash=issued.content_hash,
        data={"round": round.key, "number": number},
    )
    return issued


@transaction.atomic
def name_donor(*, contribution: Contribution, named: bool, by: User, at: datetime) -> Contribution:
    """Whether the report to the meeting names this donor, as it asked."""
    require(by, SETTLES, None)
    contribution = locked(contribution)
    contribution.is_named = named
    contribution.version += 1
    contribution.save(update_fields=["is_named", "version"])
    register.append(action="sponsorship.contribution.name", by=by, at=at, obj=contribution, data={"named": named})
    return contribution
