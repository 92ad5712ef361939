"""The demonstration accounts: one of every role, a colleague without one, and those who can do nothing."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from ccm_portal.core.enums import Role
from ccm_portal.core.models import Membership, Organisation, State, User


@dataclass(frozen=True)
class Account:
    """What a visitor needs to sign in as one of them. Written to ``demo-accounts.json``."""

    email: str
    password: str
    totp_secret: str
    role: str
    acts_for: str
    name: str
    language: str = "en"


# (first part of the address, name, role, acts for, language)
PEOPLE: list[tuple[str, str, Role | None, str, str]] = [
    ("drafter.lao", "Drafter, Lao PDR", Role.DRAFTER, "LAO", "en"),
    ("approver.lao", "Approver, Lao PDR", Role.APPROVER, "LAO", "en"),
    ("head.lao", "Head of delegation, Lao PDR", Role.HEAD_OF_DELEGATION, "LAO", "en"),
    ("drafter.lbn", "Drafter, Lebanon", Role.DRAFTER, "LBN", "ar"),
    ("approver.lbn", "Approver, Lebanon", Role.APPROVER, "LBN", "ar"),
    ("head.tcd", "Head of delegation, Chad", Role.HEAD_OF_DELEGATION, "TCD", "fr"),
    ("head.vut", "Head of delegation, Vanuatu", Role.HEAD_OF_DELEGATION, "VUT", "en"),
    ("head.nor", "Head of delegation, Norway", Role.HEAD_OF_DELEGATION, "NOR", "en"),
    ("president", "President of the Meeting", Role.PRESIDENT, "LAO", "en"),
    ("chair.civ", "President-designate, Côte d'Ivoire", Role.HEAD_OF_DELEGATION, "CIV", "fr"),
    ("leader", "Committee leader", Role.COMMITTEE_LEADER, "NOR", "en"),
    ("collaborator", "Case collaborator", Role.CASE_COLLABORATOR, "CHE", "en"),
    ("iso", "ISO staff", Role.ISO_STAFF, "iso", "en"),
    ("sponsorship", "Sponsorship officer", Role.SPONSORSHIP_OFFICER, "iso", "en"),
    ("sponsorship.second", "Second sponsorship officer", Role.SPONSORSHIP_OFFICER, "iso", "en"),
    ("observer", "Observer, CMC", Role.OBSERVER, "cmc", "en"),
    ("observer.eu", "Observer, European Union", Role.OBSERVER, "eu", "en"),
    ("auditor", "Auditor", Role.AUDITOR, "iso", "en"),
    ("administrator", "Administrator", Role.ADMINISTRATOR, "iso", "en"),
]
# No role: a section of the State's draft is lent to them.
COLLEAGUE = ("colleague.lbn", "Colleague in another ministry, Lebanon", None, "LBN", "ar")
# Two who can do nothing: one whose membership ended, one who was invited and has not accepted.
ENDED = ("revoked.lao", "Former approver, Lao PDR", Role.APPROVER, "LAO", "en")
INVITED = ("invited.lao", "Invited approver, Lao PDR", Role.APPROVER, "LAO", "en")
TOLD_ROLES = {ENDED[0]: "revoked", INVITED[0]: "invited only", COLLEAGUE[0]: "colleague in another ministry"}


def load(*, at: datetime, path: Path) -> list[Account]:
    """Make the accounts, or find them. The file holds what is needed to sign in; without it every
    password and second factor is made anew."""
    known = {row["email"]: Account(**row) for row in json.loads(path.read_text())} if path.exists() else {}
    accounts = []
    for short, name, role, acts_for, language in [*PEOPLE, COLLEAGUE, ENDED, INVITED]:
        email = f"{short}@example.org"
        told = known.get(email)
        told_role = TOLD_ROLES.get(short, str(role))
        account = told or Account(
            email, secrets.token_urlsafe(12), generate_totp_secret(), told_role, acts_for, name, language
        )
        _make(account, role, at=at, fresh=told is None)
        accounts.append(account)
    _write(path, accounts)
    return accounts


def _make(account: Account, role: Role | None, *, at: datetime, fresh: bool) -> None:
    user, new = User.objects.get_or_create(
        email=account.email,
        defaults={"name": account.name, "language": account.language, "is_demonstration": True},
    )
    if role == Role.ADMINISTRATOR and not user.is_staff:
        user.is_staff = user.is_superuser = True
    if new or fresh:
        user.set_password(account.password)
        user.save()
        Authenticator.objects.filter(user=user).delete()
        TOTP.activate(user, account.totp_secret)
    if role and not user.memberships.exists():
        began = (at - timedelta(days=4000)).date()
        state = State.objects.filter(iso3=account.acts_for).first()
        Membership.objects.create(
            user=user,
            role=role,
            state=state,
            organisation=None if state else Organisation.objects.get(key=account.acts_for),
            starts=began,
            ends=(at - timedelta(days=60)).date() if account.role == "revoked" else None,
            accepted_at=None if account.role == "invited only" else at,
        )


def _write(path: Path, accounts: list[Account]) -> None:
    text = json.dumps([asdict(account) for account in accounts], indent=1, ensure_ascii=False) + "\n"
    if path.exists() and path.read_text() == text:
        return
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
