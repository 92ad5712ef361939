"""People of the journeys: accounts with a password and a second factor, and how they sign in."""

import time
from dataclasses import dataclass

from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Page

from ccm_portal.core.enums import Role
from ccm_portal.core.models import User
from tests.factories import person

PASSWORD = "correct horse battery staple"


@dataclass
class Delegate:
    """An account, and the secret that is in its owner's telephone."""

    user: User
    secret: str

    def code(self) -> str:
        """The code the telephone shows now."""
        return totp.format_hotp_value(totp.hotp_value(self.secret, int(time.time()) // 30))


def delegate(role: Role, acts_for: str) -> Delegate:
    """Someone with a role, a password and a second factor."""
    user = person(role, acts_for)
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return Delegate(user, secret)


def sign_in(page: Page, portal: str, who: Delegate) -> None:
    """Through the sign-in pages: address, password, code."""
    page.goto(f"{portal}/account/login/")
    page.get_by_label("E-mail address").fill(who.user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").fill(who.code())
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{portal}/desk/")
