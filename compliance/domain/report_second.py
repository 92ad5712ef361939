"""The second look at the President's report, by somebody named in every case of which it holds a passage."""

from datetime import datetime

from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from committees.domain.said import said
from compliance import emails
from compliance import workflow_account as workflow
from compliance.domain.case_acts import CaseRefused, case_act
from compliance.domain.case_people import presiding
from compliance.domain.president_report import held_account, noted, refuse_restricted
from compliance.enums import PassageStatus, Side
from compliance.models import CasePlace, PresidentReport, ReportPassage
from compliance.rules import led_cases
from compliance.rules_account import visible_passages


def possible_readers(lead: User) -> list[User]:
    """Whoever is named with the President in a case that this person leads, by name."""
    named = CasePlace.objects.filter(content_object__in=led_cases(lead), side=Side.TEAM, user__is_active=True)
    return list(User.objects.filter(pk__in=named.exclude(user=lead).values("user")).order_by("name", "pk"))


def standing(account: PresidentReport) -> list[ReportPassage]:
    """What is in the report: every passage that is not left out, in order."""
    passages = account.passages.exclude(status=PassageStatus.LEFT_OUT).select_related("case__state")
    return list(passages.order_by("position", "pk"))


@case_act
def send(*, account: PresidentReport, reader: User, version: int, by: User, at: datetime) -> PresidentReport:
    """Ask for a second look. Every passage is agreed to or left out by now.

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if a passage waits or holds a restricted word, or the reader is not named in one of the cases.
    """
    account = held_account(account, version, workflow.LEAD, by=by)
    workflow.SEND.check(account)
    passages = standing(account)
    if reader.pk == by.pk:
        raise CaseRefused(_("A second look is somebody else’s."))
    if any(one.status != PassageStatus.AGREED for one in passages):
        raise CaseRefused(_("Agree to each passage, or leave it out, before somebody else looks at them."))
    refuse_unled(passages, by)
    refuse_restricted(texts_of(account, passages), by)
    named = CasePlace.objects.filter(user=reader, side=Side.TEAM).values_list("content_object_id", flat=True)
    if strange := [one for one in passages if one.case_id not in set(named)]:
        raise CaseRefused(
            _("%(name)s is not named in each matter of which a passage is in the report: “%(title)s”.")
            % {"name": reader.name, "title": strange[0].case.title if strange[0].case else ""}
        )
    account.second_reader = reader
    account.sent_back_note = ""
    account.version += 1
    workflow.SEND.apply(account)
    emails.news(to=reader, at=at)
    noted(account, "send", by=by, at=at)
    return account


@case_act
def agree(*, account: PresidentReport, version: int, by: User, at: datetime) -> PresidentReport:
    """The second reader agrees to every word.

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if the reader is no longer named in one of the cases, or a passage holds a restricted word.
    """
    account = held_account(account, version, workflow.AGREE.perm, by=by)
    workflow.AGREE.check(account)
    passages = standing(account)
    if len(passages) != visible_passages(by, account).count():
        raise CaseRefused(_("You are no longer named in each matter that this report speaks of. Send it back."))
    try:
        refuse_restricted(texts_of(account, passages), by)
    except CaseRefused as held:  # the word itself may be the President's alone
        raise CaseRefused(_("It holds a word that no report may hold. Send it back.")) from held
    account.agreed_by, account.agreed_at = by, at
    account.version += 1
    workflow.AGREE.apply(account)
    emails.news(to=account.lead, at=at)
    noted(account, "agree", by=by, at=at)
    return account


@case_act
def send_back(*, account: PresidentReport, note: str, version: int, by: User, at: datetime) -> PresidentReport:
    """The second reader wants something otherwise, and says what.

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if nothing is said.
    """
    account = held_account(account, version, workflow.SEND_BACK.perm, by=by)
    account.sent_back_note = said(note, empty=_("Say what should be otherwise."))
    account.version += 1
    workflow.SEND_BACK.apply(account)
    emails.news(to=account.lead, at=at)
    noted(account, "send_back", by=by, at=at)
    return account


@case_act
def take_up(*, account: PresidentReport, version: int, by: User, at: datetime) -> PresidentReport:
    """Write it again: what was agreed with the second reader falls.

    :raises WorkChanged: if it has another version than the one seen.
    """
    account = held_account(account, version, workflow.LEAD, by=by)
    account.second_reader = account.agreed_by = account.agreed_at = None
    account.version += 1
    workflow.TAKE_UP.apply(account)
    noted(account, "take_up", by=by, at=at)
    return account


@case_act
def hand_over(*, account: PresidentReport, to: User, version: int, by: User, at: datetime) -> PresidentReport:
    """Give the draft to whoever presides now. Passages of cases that were not handed over go when it is next refreshed.

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if the other does not preside, or it is issued.
    """
    account = held_account(account, version, workflow.LEAD, by=by)
    if not presiding(on=at.date(), but=by).filter(pk=to.pk).exists():
        raise CaseRefused(_("The report is handed over to whoever presides now."))
    account.second_reader = account.agreed_by = account.agreed_at = None
    account.version += 1
    if workflow.TAKE_UP.starts_at(account):
        workflow.TAKE_UP.apply(account)
    workflow.SEND.check(account)
    emails.news(to=to, at=at)
    account.lead = to
    account.save()
    noted(account, "hand_over", by=by, at=at, to=to.pk)
    return account


def texts_of(account: PresidentReport, passages: list[ReportPassage]) -> list[str]:
    """Every word that the report holds."""
    around = [account.opening, account.closing]
    return [*around, *(text for one in passages for text in (one.heading, one.words))]


def refuse_unled(passages: list[ReportPassage], by: User) -> None:
    """:raises CaseRefused: if a passage is of a case that somebody else leads by now."""
    led = set(led_cases(by).values_list("pk", flat=True))
    if any(one.case_id not in led for one in passages):
        raise CaseRefused(
            _("It holds a passage of a matter that you do not lead any more. Take in what may be said now.")
        )
