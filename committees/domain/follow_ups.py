"""What somebody is to do by a day: after a contact, about a problem or a State, or for the next meeting."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import State, User
from committees.domain.owners import Owner
from committees.domain.said import WorkRefused, said, seen
from committees.models import Body, Contact, FollowUp, Problem

LONGEST = 300


@transaction.atomic
def note_follow_up(
    *,
    body: Body,
    what: str,
    owner: Owner,
    due: date | None,
    contact: Contact | None = None,
    problem: Problem | None = None,
    state: State | None = None,
    meeting_key: str = "",
    prepares: bool = False,
    by: User,
    at: datetime,
) -> FollowUp:
    """Write down what is to be done, whose it is and by when; alone, or after a contact or about a problem.

    :raises WorkRefused: if nothing is to be done, it is nobody's, or the contact or problem is another body's.
    """
    row = made(
        body=body,
        what=what,
        owner=owner,
        due=due,
        contact=contact,
        problem=problem,
        state=state,
        meeting_key=meeting_key,
        prepares=prepares,
        by=by,
        at=at,
    )
    _noted("note", row, by=by, at=at)
    return row


def made(
    *,
    body: Body,
    what: str,
    owner: Owner,
    due: date | None,
    contact: Contact | None = None,
    problem: Problem | None = None,
    state: State | None = None,
    meeting_key: str = "",
    prepares: bool = False,
    by: User,
    at: datetime,
) -> FollowUp:
    """The row alone, for an act that makes more than this one.

    :raises WorkRefused: as ``note_follow_up``.
    """
    if any(above and above.body_id != body.pk for above in (contact, problem)):
        raise WorkRefused(_("This was written down in another body."))
    whose = owner.checked(body)
    return FollowUp.objects.create(
        body=body,
        what=said(what, longest=LONGEST, empty=_("Say what is to be done.")),
        owner=whose.account,
        term=whose.term,
        owner_name=whose.name,
        due=due,
        contact=contact,
        problem=problem,
        state=state,
        meeting_key=meeting_key,
        prepares=prepares,
        noted_by=by,
        noted_at=at,
    )


@transaction.atomic
def edit_follow_up(
    *, follow_up: FollowUp, what: str, owner: Owner, due: date | None, version: int, by: User, at: datetime
) -> FollowUp:
    """Say it otherwise, hand it to somebody else, or move its day.

    :raises WorkChanged: if it has another version than the one seen.
    :raises WorkRefused: if it is done.
    """
    row = seen(follow_up, version)
    if row.done_on:
        raise WorkRefused(_("This is done. Open it again, then change it."))
    was = row.due
    if owner.account != row.owner or owner.term != row.term or owner.name != row.owner_name:
        whose = owner.checked(row.body)
        row.owner, row.term, row.owner_name = whose.account, whose.term, whose.name
    row.what = said(what, longest=LONGEST, empty=_("Say what is to be done."))
    row.due = due
    row.version += 1
    row.save()
    moved: dict[str, object] = {"due": _day(due), "due_before": _day(was)} if due != was else {}
    _noted("edit", row, by=by, at=at, **moved)
    return row


@transaction.atomic
def finish(*, follow_up: FollowUp, outcome: str, version: int, by: User, at: datetime) -> FollowUp:
    """It is done; ``outcome`` says what came of it, if there is anything to say.

    :raises WorkChanged: if it has another version than the one seen.
    :raises WorkRefused: if it is done already.
    """
    row = seen(follow_up, version)
    if row.done_on:
        raise WorkRefused(_("This is done already."))
    row.outcome = said(outcome)
    row.done_on, row.done_by = at.date(), by
    row.version += 1
    row.save()
    _noted("finish", row, by=by, at=at)
    return row


@transaction.atomic
def reopen(*, follow_up: FollowUp, version: int, by: User, at: datetime) -> FollowUp:
    """It is not done after all. What was said of the outcome stays.

    :raises WorkChanged: if it has another version than the one seen.
    :raises WorkRefused: if it is not done.
    """
    row = seen(follow_up, version)
    if row.done_on is None:
        raise WorkRefused(_("This is open."))
    row.done_on = row.done_by = None
    row.version += 1
    row.save()
    _noted("reopen", row, by=by, at=at)
    return row


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _noted(act: str, row: FollowUp, *, by: User, at: datetime, **data: object) -> None:
    """The act in the register, without the words."""
    register.append(
        action=f"committees.follow_up.{act}",
        by=by,
        at=at,
        state=row.state,
        obj=row,
        data={"body": row.body.key, **({"meeting": row.meeting_key} if row.meeting_key else {}), **data},
    )
