"""The President's report to a meeting: it drafts itself from what may be said of each case, entry by entry.

Nobody but its lead knows of a draft, and the second reader once one is named. Words change, passages are left out; no
passage is agreed that holds a restricted word of any case that its lead leads.
"""

from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.permissions import require
from ccm_portal.core.workflow import locked
from committees.domain.said import refuse_stale, said
from compliance import workflow_account as workflow
from compliance.domain.case_acts import CaseRefused, case_act
from compliance.domain.restricted import held_word, restricted_in
from compliance.enums import PassageStatus
from compliance.models import CaseEntry, ComplianceCase, IssuedReport, PresidentReport, ReportPassage
from compliance.rules import led_cases, visible_cases
from meetings.enums import FORMAL_KINDS
from meetings.models import Meeting
from meetings.rules import is_public

LONGEST_HEADING = 200


def cases_led(user: User) -> list[ComplianceCase]:
    """The cases that this person leads, by the name of the State, the oldest first."""
    return sorted(led_cases(user), key=lambda case: (case.state.name, case.opened_at, str(case.pk)))


@case_act
def begin(*, meeting: Meeting, by: User, at: datetime) -> PresidentReport:
    """Begin the report to a meeting, with every passage that may be said; or go on with the draft of somebody who acts
    for nobody any more, with the passages of the cases that the President leads now.

    :raises PermissionDenied: to anybody but the President.
    :raises CaseRefused: if the meeting is no public formal one, or a report to it was begun or issued.
    """
    require(by, "compliance.open_case", None)
    if meeting.kind not in FORMAL_KINDS or not is_public(meeting):
        raise CaseRefused(_("The report goes to a Meeting of States Parties or a Review Conference."))
    try:
        with transaction.atomic():
            account = PresidentReport.objects.create(meeting=meeting, lead=by)
        act = "begin"
    except IntegrityError as taken:
        if not _taken_over(meeting):
            raise CaseRefused(
                _("A report to this meeting was begun already. Whoever leads it can hand it over.")
            ) from taken
        account, act = PresidentReport.objects.select_related("meeting", "lead").get(meeting=meeting), "take_over"
    _take_in(account, by)
    noted(account, act, by=by, at=at, meeting=meeting.key)
    return account


def _taken_over(meeting: Meeting) -> bool:
    """Whether the draft to this meeting was led by somebody who acts for nobody, and is the President's now. The
    database looks, for the President alone: migration 0011."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT compliance_take_over_report(%s)", [meeting.pk])
        return bool(cursor.fetchone()[0])


@case_act
def refresh(*, account: PresidentReport, version: int, by: User, at: datetime) -> PresidentReport:
    """Take in what may be said now: new passages, and the words of those that nobody has touched. Those of cases that
    somebody else leads by now go.

    :raises WorkChanged: if it has another version than the one seen.
    :raises TransitionRefused: unless it is being written.
    """
    account = held_account(account, version, workflow.LEAD, by=by)
    workflow.SEND.check(account)
    _take_in(account, by)
    _touch(account)
    noted(account, "refresh", by=by, at=at)
    return account


@case_act
def say_around(
    *, account: PresidentReport, opening: str, closing: str, version: int, by: User, at: datetime
) -> PresidentReport:
    """The words before and after the passages.

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if they hold a restricted word.
    """
    account = held_account(account, version, workflow.LEAD, by=by)
    workflow.SEND.check(account)
    account.opening, account.closing = said(opening), said(closing)
    refuse_restricted([account.opening, account.closing], by)
    _touch(account)
    noted(account, "say_around", by=by, at=at)
    return account


@case_act
def add_passage(
    *,
    account: PresidentReport,
    case: ComplianceCase,
    heading: str,
    words: str,
    version: int,
    by: User,
    at: datetime,
) -> ReportPassage:
    """Words of one's own about a case, after what its entries say.

    :raises WorkChanged: if the report has another version than the one seen.
    :raises CaseRefused: if somebody else leads the case, or nothing is said.
    """
    account = held_account(account, version, workflow.LEAD, by=by)
    workflow.SEND.check(account)
    require(by, "compliance.lead_case", case)
    passage = ReportPassage.objects.create(
        report=account,
        case=case,
        heading=said(heading, longest=LONGEST_HEADING) or heading_of(case),
        words=said(words, empty=_("Write the words of the passage.")),
    )
    _number(account, cases_led(by))
    _touch(account)
    _noted_passage(passage, "add", by=by, at=at)
    return passage


@case_act
def redact(*, passage: ReportPassage, heading: str, words: str, version: int, by: User, at: datetime) -> ReportPassage:
    """Say a passage otherwise. It is agreed to afterwards. One that was left out is taken in again.

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if nothing is said.
    """
    passage = _held_passage(passage, version, by=by)
    passage.heading = said(heading, longest=LONGEST_HEADING) or (heading_of(passage.case) if passage.case else "")
    passage.words = said(words, empty=_("Write the words of the passage."))
    return _settle(passage, workflow.REDACT, by=by, at=at)


@case_act
def agree_passage(*, passage: ReportPassage, version: int, by: User, at: datetime) -> ReportPassage:
    """These words may stand in the report.

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if they hold a restricted word of any case that the person leads; it says which.
    """
    passage = _held_passage(passage, version, by=by)
    refuse_restricted([passage.heading, passage.words], by)
    return _settle(passage, workflow.AGREE_PASSAGE, by=by, at=at)


@case_act
def leave_out(*, passage: ReportPassage, version: int, by: User, at: datetime) -> ReportPassage:
    """The report does not hold this passage.

    :raises WorkChanged: if it has another version than the one seen.
    """
    passage = _held_passage(passage, version, by=by)
    return _settle(passage, workflow.LEAVE_OUT, by=by, at=at)


def heading_of(case: ComplianceCase) -> str:
    """What a passage is headed with until the President says otherwise: the article. It names no State."""
    return str(case.get_article_display())


def refuse_restricted(texts: list[str], by: User) -> None:
    """:raises CaseRefused: naming the word, if one of the texts holds a word that no report may hold."""
    words = restricted_in(visible_cases(by))
    for text in texts:
        if word := held_word(text, words):
            raise CaseRefused(
                _("“%(word)s” is a word that no report may hold. Put it otherwise, or leave it out.") % {"word": word}
            )


def held_account(account: PresidentReport, version: int, perm: str, *, by: User) -> PresidentReport:
    """The report, locked, in the version seen, for somebody who may do ``perm`` with it.

    :raises PresidentReport.DoesNotExist: to everybody who does not read it.
    :raises PermissionDenied: to a second reader who is not asked.
    :raises WorkChanged: if it has another version than the one seen.
    """
    fresh = locked(account)
    require(by, perm, fresh)
    refuse_stale(fresh, version)
    return fresh


def noted(account: PresidentReport, act: str, *, by: User, at: datetime, **data: object) -> register.Head:
    """The act, on the report's own chain. The transaction's last statement."""
    return register.append(
        action=f"compliance.account.{act}", by=by, at=at, obj=account, data=data, chain=account.register_chain
    )


def _held_passage(passage: ReportPassage, version: int, *, by: User) -> ReportPassage:
    account = locked(passage.report)
    require(by, workflow.LEAD, account)
    workflow.SEND.check(account)
    fresh = locked(passage)
    fresh.report = account
    refuse_stale(fresh, version)
    if fresh.case is not None:
        require(by, "compliance.lead_case", fresh.case)
    return fresh


def _settle(passage: ReportPassage, move: workflow.Transition, *, by: User, at: datetime) -> ReportPassage:
    passage.settled_by, passage.settled_at = by, at
    passage.version += 1
    move.apply(passage)
    _touch(passage.report)
    _noted_passage(passage, move.name, by=by, at=at)
    return passage


def _noted_passage(passage: ReportPassage, act: str, *, by: User, at: datetime) -> None:
    """On the chain of the case: that something of it was put into, or kept out of, a report."""
    register.append(
        action=f"compliance.passage.{act}",
        by=by,
        at=at,
        obj=passage,
        data={"words": len(passage.words)},
        chain=passage.case.register_chain if passage.case else passage.report.register_chain,
    )


def _touch(account: PresidentReport) -> None:
    account.version += 1
    account.save()


def _take_in(account: PresidentReport, lead: User) -> None:
    """Each entry of the lead's cases that may be said something of, written since the last report was issued."""
    cases = cases_led(lead)
    last = IssuedReport.objects.order_by("-issued_at").values_list("issued_at", flat=True).first()
    entries = CaseEntry.objects.filter(case__in=cases).exclude(sayable="").order_by("on", "pk")
    if last:
        entries = entries.filter(written_at__gt=last)
    account.passages.exclude(case__in=cases).delete()
    there = {passage.entry_id: passage for passage in account.passages.exclude(entry=None)}
    by_id = {case.pk: case for case in cases}
    for entry in entries:
        passage = there.get(entry.pk)
        if passage is None:
            ReportPassage.objects.create(
                report=account,
                case_id=entry.case_id,
                entry=entry,
                heading=heading_of(by_id[entry.case_id]),
                words=entry.sayable,
            )
        elif passage.status == PassageStatus.PROPOSED and passage.words != entry.sayable:
            passage.words = entry.sayable
            passage.version += 1
            passage.save()
    _number(account, cases)


def _number(account: PresidentReport, cases: list[ComplianceCase]) -> None:
    """By State, by case, by day; one's own words about a case after those of its entries."""
    place = {case.pk: number for number, case in enumerate(cases)}

    def order(passage: ReportPassage) -> tuple[object, ...]:
        day = passage.entry.on.toordinal() if passage.entry else 10**7
        return place[passage.case_id] if passage.case_id else len(place), day, passage.pk

    ordered = sorted(account.passages.select_related("entry"), key=order)
    for position, passage in enumerate(ordered, start=1):
        passage.position = position
    ReportPassage.objects.bulk_update(ordered, ["position"])
