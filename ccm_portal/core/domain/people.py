"""What can be done about people: invite, accept, end, close."""

from datetime import date, datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ccm_portal.core import emails, grants, invitations, register
from ccm_portal.core.enums import STATE_ROLES, Role
from ccm_portal.core.models import Invitation, Membership, Organisation, State, User
from ccm_portal.core.rules import is_iso_staff, roles_for, roles_to_give
from ccm_portal.core.workflow import locked

OPEN_FOR = timedelta(days=14)
WRONG_CODES = 5


class PeopleRefused(Exception):
    """It cannot be done now. The message is fit to show the person."""


def open_invitations(*, at: datetime) -> QuerySet[Invitation]:
    """Neither accepted, nor withdrawn, nor out of time."""
    return Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at)


def is_open(invitation: Invitation, *, at: datetime) -> bool:
    return invitation.accepted_at is None and invitation.withdrawn_at is None and invitation.expires_at > at


def account_at(address: str) -> User | None:
    """The active account with this address."""
    return User.objects.filter(email=address.strip().lower(), is_active=True).first()


def account_of(invitation: Invitation) -> User | None:
    """The account with the invited address, if there is one."""
    return User.objects.filter(email=invitation.email).first()


def is_unfinished(user: User, *, on: date) -> bool:
    """An account without a second factor, without any right now or to come: there is nothing in it to
    take over, so a new invitation may give it a new password. Rights of which nobody may learn are not counted here:
    they end with the old password (``grants.let_go``)."""
    if Authenticator.objects.filter(user=user).exists() or user.is_staff or user.is_superuser:
        return False
    if grants.told_to_the_office(user):
        return False
    return not user.memberships.filter(Q(ends__isnull=True) | Q(ends__gt=on), accepted_at__isnull=False).exists()


def _of(acts_for: State | Organisation) -> dict[str, State | Organisation]:
    return {"state": acts_for} if isinstance(acts_for, State) else {"organisation": acts_for}


def _holds(user: User, role: str, acts_for: State | Organisation, *, starts: date) -> bool:
    """Whether the role is held already, at ``starts`` or with no end."""
    held = user.memberships.filter(Q(ends__isnull=True) | Q(ends__gt=starts), role=role, **_of(acts_for))
    return held.exists()


@transaction.atomic
def invite(
    *,
    by: User,
    at: datetime,
    email: str,
    name: str,
    language: str,
    role: str,
    acts_for: State | Organisation,
    starts: date,
    ends: date | None = None,
) -> tuple[Invitation, str]:
    """Offer a role to an address. The mail carries a link; the code returned here is shown once, to be
    told on another way, and kept as a hash only.

    :raises PeopleRefused: if the role is not theirs to give, is held already or is on offer already.
    """
    acts_for = type(acts_for).objects.select_for_update(of=("self",), no_key=True).get(pk=acts_for.pk)
    if role not in roles_to_give(by, acts_for):
        raise PeopleRefused(_("You cannot give this role."))
    return _offer(
        by=by, at=at, email=email, name=name, language=language, role=role, acts_for=acts_for, starts=starts, ends=ends
    )


@transaction.atomic
def open_the_office(*, office: Organisation, email: str, name: str, at: datetime) -> tuple[Invitation, str]:
    """Invite the first person of the office, who can then invite everybody else.

    :raises PeopleRefused: if somebody is there already.
    """
    office = Organisation.objects.select_for_update(no_key=True).get(pk=office.pk)
    if Membership.objects.in_force(at.date()).filter(role=Role.ISO_STAFF).exists():
        raise PeopleRefused(_("The office has staff; they can invite others."))
    person = User.objects.filter(email=email.lower()).first() or User.objects.create_user(email, name=name)
    return _offer(
        by=person,
        at=at,
        email=email,
        name=name,
        language="en",
        role=Role.ISO_STAFF,
        acts_for=office,
        starts=at.date(),
        ends=None,
    )


def _offer(
    *,
    by: User,
    at: datetime,
    email: str,
    name: str,
    language: str,
    role: str,
    acts_for: State | Organisation,
    starts: date,
    ends: date | None,
) -> tuple[Invitation, str]:
    email = email.strip().lower()
    if role not in roles_for(acts_for):
        raise PeopleRefused(_("This role does not exist there."))
    if open_invitations(at=at).filter(email=email, role=role, **_of(acts_for)).exists():
        raise PeopleRefused(_("This person is invited to this role already. Withdraw that invitation first."))
    user = User.objects.filter(email=email).first()
    if user and not user.is_active:
        raise PeopleRefused(_("The account with this address is closed. Ask the office."))
    if user and _holds(user, role, acts_for, starts=starts):
        raise PeopleRefused(_("This person holds this role already."))
    invitation, code = _made(
        by=by, at=at, email=email, name=name, language=language, role=role, starts=starts, ends=ends, **_of(acts_for)
    )
    _record("core.invitation.send", invitation, by=by, at=at)
    return invitation, code


def invite_account(
    *, by: User, at: datetime, email: str, name: str, language: str, state: State
) -> tuple[Invitation, str]:
    """Offer an account without a role to an address, for a right on one object that waits for it (``grants``).
    Called in the transaction of the act that gives this right, which is also what the register records.

    :raises PeopleRefused: if the account with this address is closed.
    """
    email = email.strip().lower()
    if User.objects.filter(email=email, is_active=False).exists():
        raise PeopleRefused(_("The account with this address is closed. Ask the office."))
    return _made(
        by=by, at=at, email=email, name=name, language=language, role="", starts=at.date(), ends=None, state=state
    )


def _made(*, by: User, at: datetime, **offered: Any) -> tuple[Invitation, str]:
    """The invitation with both halves of its secret; its mail is owed."""
    code = invitations.new_code()
    invitation = Invitation(
        token_hash=invitations.token_hash(invitations.new_code() + at.isoformat()),
        code_hash=invitations.code_hash(code),
        created_at=at,
        expires_at=at + OPEN_FOR,
        given_by=by,
        **offered,
    )
    invitation.save()
    invitation.token_hash = invitations.token_hash(invitations.token(invitation))
    invitation.save(update_fields=["token_hash"])
    emails.invitation(invitation=invitation, at=at)
    return invitation, code


def accept_invitation(
    *, invitation: Invitation, code: str, at: datetime, by: User | None = None, password: str = ""
) -> User:
    """Take up an offered role, or what waits for the account: as the account ``by``, or with ``password`` as a
    new one.

    A wrong code is counted even though the call is refused; the fifth withdraws the invitation.

    :raises PeopleRefused: if the invitation is not open, the code is wrong, or the account is another's.
    """
    with transaction.atomic():
        invitation = locked(invitation)
        if not is_open(invitation, at=at):
            raise PeopleRefused(_("This invitation is no longer open. Ask the person who invited you for a new one."))
        if invitations.code_fits(invitation, code):
            return _accepted(invitation, at=at, by=by, password=password)
        invitation.attempts += 1
        left = WRONG_CODES - invitation.attempts
        if left <= 0:
            invitation.withdrawn_at = at
        invitation.save()
        if left <= 0:
            _record("core.invitation.withdraw", invitation, by=None, at=at, reason="wrong codes")
    if left <= 0:
        raise PeopleRefused(_("The code was wrong too often. The invitation is withdrawn; ask for a new one."))
    raise PeopleRefused(_("This is not the code. Ask the person who invited you; it is not in the mail."))


def _accepted(invitation: Invitation, *, at: datetime, by: User | None, password: str) -> User:
    user = _account_for(invitation, at=at, by=by, password=password)
    invitation.accepted_at, invitation.accepted_by = at, user
    invitation.save()
    if invitation.role:
        membership = _begun(invitation, user, at=at)
        _record("core.membership.begin", membership, by=user, at=at, invitation=invitation.pk)
    elif grants.take_up(invitation, user, at=at):
        _record("core.invitation.accept", invitation, by=user, at=at)
    else:
        raise PeopleRefused(_("This invitation is no longer open. Ask the person who invited you for a new one."))
    return user


def _account_for(invitation: Invitation, *, at: datetime, by: User | None, password: str) -> User:
    """The account that accepts: ``by``, an unfinished one under a new password, or a new one."""
    user = account_of(invitation)
    if user is not None and not user.is_active:
        raise PeopleRefused(_("The account with this address is closed. Ask the office."))
    if user is not None and user != by:
        if by is not None or not is_unfinished(user, on=at.date()):
            raise PeopleRefused(_("Sign in with the invited address first, then accept."))
        grants.let_go(user, at=at)
        user.set_password(password)
        user.save(update_fields=["password"])
    if user is None:
        if by is not None:
            raise PeopleRefused(_("This invitation is for another address. Sign out first, then accept."))
        user = User.objects.create_user(
            invitation.email, password, name=invitation.name, language=invitation.language, date_joined=at
        )
    return user


def _begun(invitation: Invitation, user: User, *, at: datetime) -> Membership:
    acts_for = invitation.acts_for
    assert acts_for is not None
    if _holds(user, invitation.role, acts_for, starts=invitation.starts):
        raise PeopleRefused(_("You hold this role already."))
    return Membership.objects.create(
        user=user,
        role=invitation.role,
        starts=invitation.starts,
        ends=invitation.ends,
        accepted_at=at,
        given_by=invitation.given_by,
        **_of(acts_for),
    )


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    """Take an offer back: its link opens nothing from now on.

    :raises PeopleRefused: if it is not open.
    """
    invitation = locked(invitation)
    if not is_open(invitation, at=at):
        raise PeopleRefused(_("This invitation is no longer open."))
    invitation.withdrawn_at = at
    invitation.save()
    _record("core.invitation.withdraw", invitation, by=by, at=at)
    return invitation


@transaction.atomic
def end_membership(*, membership: Membership, by: User, at: datetime, version: int) -> Membership:
    """End a role. It gives nothing from the next request on; what the person invited others to, as
    head of the delegation or for the office, is withdrawn, and the accounts offered in the State's name.

    :raises PeopleRefused: if it was ended or changed meanwhile, or would leave a delegation without a head.
    """
    if membership.state_id:
        State.objects.select_for_update(of=("self",), no_key=True).get(pk=membership.state_id)
    membership = locked(membership)
    today = at.date()
    if membership.version != version or (membership.ends is not None and membership.ends <= today):
        raise PeopleRefused(_("This role was ended or changed meanwhile. Look at the list again."))
    if membership.role == Role.HEAD_OF_DELEGATION and not is_iso_staff(by, None) and not _other_head(membership, today):
        raise PeopleRefused(_("The last head of a delegation can only be ended by the office."))
    membership.ends = max(today, membership.starts)
    membership.version += 1
    membership.save()
    if membership.role == Role.HEAD_OF_DELEGATION:
        _withdraw_given(by=membership.user, at=at, state=membership.state)
    if membership.role in STATE_ROLES:
        offered = open_invitations(at=at).filter(given_by=membership.user, state=membership.state, role="")
        offered.update(withdrawn_at=at)
    if membership.role == Role.ISO_STAFF:
        _withdraw_given(by=membership.user, at=at)
    _record("core.membership.end", membership, by=by, at=at)
    return membership


def _other_head(membership: Membership, on: date) -> bool:
    heads = Membership.objects.in_force(on).filter(state=membership.state, role=Role.HEAD_OF_DELEGATION)
    return heads.exclude(user=membership.user).exists()


def _withdraw_given(*, by: User, at: datetime, state: State | None = None) -> None:
    given = open_invitations(at=at).filter(given_by=by)
    (given.filter(state=state, role__in=STATE_ROLES) if state else given).update(withdrawn_at=at)


@transaction.atomic
def deactivate_account(*, user: User, by: User, at: datetime) -> User:
    """Close an account: its sessions end, its roles give nothing, nothing is mailed to it.

    :raises PeopleRefused: if it is closed.
    """
    user = locked(user)
    if not user.is_active:
        raise PeopleRefused(_("This account is closed."))
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    _withdraw_given(by=user, at=at)
    register.append(action="core.account.close", by=by, at=at, obj=user)
    return user


@transaction.atomic
def reactivate_account(*, user: User, by: User, at: datetime) -> User:
    """Open a closed account again, with the roles that still run.

    :raises PeopleRefused: if it is open.
    """
    user = locked(user)
    if user.is_active:
        raise PeopleRefused(_("This account is open."))
    user.is_active = True
    user.save(update_fields=["is_active"])
    register.append(action="core.account.open", by=by, at=at, obj=user)
    return user


@transaction.atomic
def forget_factors(*, user: User, by: User, at: datetime) -> User:
    """For someone who lost telephone and recovery codes: the account becomes unfinished, and a new
    invitation (a mail, and a code told on another way) lets the person in again.

    Only an account with no rights can be so treated: end them first. So nobody, the office included,
    can get at another's rights this way.

    :raises PeopleRefused: while the account has a right.
    """
    user = locked(user)
    running = user.memberships.filter(Q(ends__isnull=True) | Q(ends__gt=at.date()), accepted_at__isnull=False)
    if running.exists() or user.is_staff or user.is_superuser or grants.told_to_the_office(user):
        raise PeopleRefused(_("End this person’s roles first, then invite again."))
    grants.let_go(user, at=at)
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    end_sessions(user)
    emails.account_notice(user=user, what=emails.FACTORS_FORGOTTEN, at=at)
    register.append(action="core.account.forget_factors", by=by, at=at, obj=user)
    return user


def end_sessions(user: User) -> None:
    """End every session of this person, on every device."""
    for session in UserSession.objects.filter(user=user):
        session.end()


def choose_language(*, user: User, language: str) -> None:
    """In which language mail comes."""
    User.objects.filter(pk=user.pk).update(language=language)


def _record(
    action: str, given: Invitation | Membership, *, by: User | None, at: datetime, **data: object
) -> register.Head:
    """The act, in the register. No address and no name: the register is for ever."""
    told = {
        "role": given.role,
        "organisation": given.organisation.key if given.organisation else None,
        "starts": given.starts.isoformat(),
        "ends": given.ends.isoformat() if given.ends else None,
    }
    return register.append(action=action, by=by, at=at, state=given.state, obj=given, data=told | data)
