"""The kernel's own messages. One function a message."""

import hashlib
from datetime import date, datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import invitations, outbox, reminders, writing
from ccm_portal.core import register as acts
from ccm_portal.core.enums import Role
from ccm_portal.core.models import Invitation, Membership, OutgoingMessage, User

HEAD = "core.register_head"
INVITATION = "core.invitation"
PASSWORD_RESET = "core.password_reset"
ACCOUNT_NOTICE = "core.account_notice"
COLLEAGUE_NOTICE = "core.colleague_notice"

FACTOR_ADDED = "factor_added"
FACTORS_FORGOTTEN = "factors_forgotten"
# What is told about an account; allauth's own names, where it is allauth that tells.
NOTICES = {
    FACTOR_ADDED: _("A second factor was set up for your account. Other devices were signed out."),
    FACTORS_FORGOTTEN: _(
        "The office removed the second factor of your account. It opens again with a new invitation only."
    ),
    "totp_deactivated": _("The authenticator application was removed from your account."),
    "webauthn_removed": _("A passkey was removed from your account."),
    "recovery_codes_generated": _("New recovery codes were made for your account. The old ones no longer work."),
    "password_changed": _("The password of your account was changed. All devices were signed out."),
    "password_reset": _("The password of your account was replaced. All devices were signed out."),
    "password_set": _("A password was set for your account."),
}


def register() -> None:
    """Make the kernel's messages known to the outbox."""
    outbox.register_kind(
        outbox.MessageKind(
            name=reminders.KIND,
            label=_("Reminder"),
            template="core/emails/reminder.txt",
            context=reminders.context,
            held_until=reminders.held_until,
        )
    )
    for name, label, template, context in (
        (HEAD, _("Head of the register"), "register_head", _head_context),
        (INVITATION, _("Invitation"), "invitation", _invitation_context),
        (PASSWORD_RESET, _("Link to a new password"), "password_reset", _password_reset_context),
        (ACCOUNT_NOTICE, _("Change to an account"), "account_notice", _account_notice_context),
        (COLLEAGUE_NOTICE, _("New second factor in a delegation"), "colleague_notice", _colleague_notice_context),
    ):
        outbox.register_kind(
            outbox.MessageKind(name=name, label=label, template=f"core/emails/{template}.txt", context=context)
        )


def register_head(*, on: date, at: datetime) -> bool:
    """Owe the day's head of the main chain to the auditor's mailbox, and one digest for all chains apart from it, so
    that a cut tail is found."""
    return outbox.owe(
        kind=HEAD, key=f"register-head:{on}", to=settings.AUDIT_MAILBOX, at=at, ids={"day": on.isoformat()}
    )


def _head_context(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    main = [head for head in acts.heads() if head.chain == acts.MAIN]
    if not main:
        return None
    day = date.fromisoformat(str(message.ids["day"])) if "day" in message.ids else message.owed_at.date()
    return {"head": main[0], "day": day.isoformat(), "apart": acts.apart(day)}


def invitation(*, invitation: Invitation, at: datetime) -> bool:
    """Owe the link, in the invited person's language. The code goes another way."""
    ids: dict[str, object] = {"invitation": invitation.pk}
    key = f"invitation:{invitation.pk}"
    return outbox.owe(kind=INVITATION, key=key, to=invitation.email, at=at, ids=ids, language=invitation.language)


def _invitation_context(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    offered = Invitation.objects.filter(
        pk=message.ids["invitation"], accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at
    ).first()
    return {"invitation": offered, "link": invitations.link(offered)} if offered else None


def password_reset(*, address: str, language: str, at: datetime) -> bool:
    """Owe the way to a new password. Known and unknown addresses cost the same here; whether there is
    an account is looked up when the mail would leave."""
    named = hashlib.sha256(address.encode()).hexdigest()[:24]
    key = f"password-reset:{named}:{at.isoformat()}"
    return outbox.owe(kind=PASSWORD_RESET, key=key, to=address, at=at, language=language)


def _password_reset_context(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    """With a link only where a second factor guards the account: a mailbox alone changes no password."""
    user = User.objects.filter(email=message.address, is_active=True).first()
    if user is None:
        return None
    link = None
    if Authenticator.objects.filter(user=user).exists():
        names = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
        link = settings.SITE_ADDRESS + reverse("account_reset_password_from_key", kwargs=names)
    return {"link": link, "office": settings.ISO_MAILBOX, "hours": settings.PASSWORD_RESET_TIMEOUT // 3600}


def account_notice(*, user: User, what: str, at: datetime) -> bool:
    """Owe word of a change to how an account is entered: to its owner, and of a new second factor also
    to the heads of the delegations the person acts for.

    :raises KeyError: for a change nobody wrote a sentence for.
    """
    assert NOTICES[what]
    key = f"account:{what}:{user.pk}:{at.isoformat()}"
    if what == FACTOR_ADDED:
        heads = Membership.objects.in_force(at.date()).filter(state__in=user.state_ids, role=Role.HEAD_OF_DELEGATION)
        for head in heads.exclude(user=user).select_related("user"):
            outbox.owe(
                kind=COLLEAGUE_NOTICE,
                key=f"{key}:{head.pk}",
                to=head.user,
                at=at,
                ids={"membership": head.pk, "who": user.pk},
            )
    return outbox.owe(kind=ACCOUNT_NOTICE, key=key, to=user, at=at, ids={"what": what})


def _account_notice_context(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    return {
        "sentence": NOTICES[message.ids["what"]],
        "happened": writing.moment_text(message.owed_at),
        "link": settings.SITE_ADDRESS + reverse("core:account"),
        "office": settings.ISO_MAILBOX,
    }


def _colleague_notice_context(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    heads = Membership.objects.in_force(at.date()).select_related("state")
    head = heads.filter(pk=message.ids["membership"]).first()
    who = User.objects.filter(pk=message.ids.get("who")).first()
    if head is None or head.state is None or who is None:
        return None
    return {
        "who": who,
        "state": head.state,
        "happened": writing.moment_text(message.owed_at),
        "link": settings.SITE_ADDRESS + reverse("core:delegation", args=[head.state.slug]),
    }
