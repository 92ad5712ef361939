"""Helpers of the account tests: a person with a telephone, and the way through the pages."""

import time
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client

from ccm_portal.core.enums import Role
from ccm_portal.core.models import User
from tests.factories import person

PASSWORD = "correct horse battery staple"
LOGIN, CODE, DESK = "/account/login/", "/account/factors/authenticate/", "/desk/"
MINE = "/account/"


@dataclass
class Phone:
    """An account, and the authenticator application that belongs to it."""

    user: User
    secret: str

    def code(self, steps: int = 0) -> str:
        """The code shown now, or some steps of thirty seconds from now."""
        return totp.format_hotp_value(totp.hotp_value(self.secret, int(time.time()) // 30 + steps))

    def wrong_code(self) -> str:
        right = {self.code(steps) for steps in (-2, -1, 0, 1, 2)}
        return next(code for code in ("000000", "111111", "222222", "333333", "444444", "555555") if code not in right)

    def used_before(self) -> None:
        """Forget which codes were used: as if a minute had passed."""
        row = Authenticator.objects.get(user=self.user, type=Authenticator.Type.TOTP)
        row.data.pop("last_step", None)
        row.save()
        cache.clear()


def with_phone(user: User) -> Phone:
    """Give the account an authenticator application and recovery codes."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return Phone(user, secret)


def delegate(role: Role | None = Role.DRAFTER, acts_for: str = "LAO") -> Phone:
    return with_phone(person(role, acts_for))


def give_password(client: Client, user: User, password: str = PASSWORD, **extra) -> str:
    """The first step of signing in; where it leads."""
    answer = client.post(LOGIN, {"login": user.email, "password": password}, **extra)
    return answer.headers.get("Location", str(answer.status_code))


def signed_in(who: Phone) -> Client:
    """A new device, signed in through the pages."""
    client = Client()
    assert give_password(client, who.user) == CODE
    answer = client.post(CODE, {"code": who.code()})
    assert answer.headers.get("Location") == DESK, answer.content.decode()
    who.used_before()
    return client


def opens(client: Client, path: str = MINE) -> bool:
    """Whether a private page opens."""
    return client.get(path).status_code == 200
