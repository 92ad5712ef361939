"""A passkey is set up in the browser and then signs in by itself, only for its owner and only verified."""

import pytest
from playwright.sync_api import expect

from ccm_portal.core.enums import Role
from tests.journeys.people import delegate

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def authenticator(page, *, verified=True):
    """A device that keeps passkeys, and whose owner is there (or not)."""
    speak = page.context.new_cdp_session(page)
    speak.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verified,
        "automaticPresenceSimulation": True,
    }
    made = speak.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return speak, made["authenticatorId"]


def test_a_passkey_signs_in_without_password_or_code(page, portal):
    who = delegate(Role.DRAFTER, "LAO")
    speak, device = authenticator(page)

    page.goto(f"{portal}/account/login/?next=/account/")
    page.locator("#id_login").fill(who.user.email)
    page.locator("#id_password").fill("correct horse battery staple")
    page.locator("form:has(#id_login) button[type=submit]").click()
    page.locator("#id_code").fill(who.code())
    page.locator("form:has(#id_code) button[type=submit]").first.click()
    page.wait_for_url(f"{portal}/account/")

    page.goto(f"{portal}/account/factors/passkeys/add/")
    expect(page.locator("#id_passwordless")).to_be_checked()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(f"{portal}/account/factors/recovery-codes/")
    assert len(speak.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]) == 1

    page.context.clear_cookies()
    page.goto(f"{portal}/account/")
    page.locator("#passkey_login").click()
    page.wait_for_url(f"{portal}/account/")
    expect(page.locator("main")).to_contain_text(who.user.email)

    page.context.clear_cookies()
    speak.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.goto(f"{portal}/account/login/")
    page.locator("#passkey_login").click()
    page.wait_for_timeout(1500)
    page.goto(f"{portal}/account/")
    expect(page).to_have_url(f"{portal}/account/login/?next=/account/")
