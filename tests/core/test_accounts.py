"""Signing in: every way in ends at a second factor, and a mailbox alone opens nothing."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.urls import get_resolver, reverse

from ccm_portal.core import clock, outbox
from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage, User
from tests.core.signing_in import CODE, DESK, LOGIN, PASSWORD, delegate, give_password, opens, signed_in
from tests.factories import person
from tests.support import sign_in

pytestmark = pytest.mark.django_db

ACTIVATE = "/account/factors/code/activate/"
AGAIN = "/account/factors/reauthenticate/"
RESET = "/account/password/reset/"
ANOTHER_PASSWORD = "seven quiet rivers at dawn"
WITH_SECOND_FACTOR = [role for role in Role if role != Role.OBSERVER]
PRIVATE = [DESK, "/account/", "/account/sessions/", "/office/people/", "/admin/", "/account/factors/recovery-codes/"]


def deliver():
    """Let the worker send what is owed."""
    for pk in OutgoingMessage.objects.values_list("pk", flat=True):
        outbox.deliver(pk=pk, at=clock.now())
    return mail.outbox


def body(role):
    return "LAO" if role in {Role.DRAFTER, Role.APPROVER, Role.HEAD_OF_DELEGATION, Role.PRESIDENT} else "iso"


# -- the ways in ------------------------------------------------------------------------------------


def test_password_and_code_open_the_desk():
    assert opens(signed_in(delegate()))


def test_a_password_alone_opens_nothing():
    who, client = delegate(), Client()
    assert give_password(client, who.user) == CODE
    assert [path for path in PRIVATE if opens(client, path)] == []


@pytest.mark.parametrize("role", WITH_SECOND_FACTOR)
def test_without_a_second_factor_every_private_page_leads_to_setting_one_up(role):
    user, client = person(role, body(role)), Client()
    give_password(client, user)
    led = {path: client.get(path).headers.get("Location", "").partition("?")[0] for path in PRIVATE}
    assert led == dict.fromkeys(PRIVATE, ACTIVATE)
    assert client.get(ACTIVATE).status_code == 200


def test_an_administrator_of_the_admin_site_needs_a_second_factor_too():
    user = User.objects.create_superuser("root@example.org", PASSWORD, name="Root")
    client = Client()
    assert client.get("/admin/login/").headers["Location"].startswith(LOGIN)
    give_password(client, user)
    assert client.get("/admin/").headers["Location"].startswith(ACTIVATE)
    assert client.post("/admin/login/", {"username": user.email, "password": PASSWORD}).status_code == 302
    assert client.get("/admin/").headers["Location"].startswith(ACTIVATE)


def test_setting_up_a_code_makes_the_session_count_and_is_announced():
    head = person(Role.HEAD_OF_DELEGATION, "LAO")
    user, client = person(Role.DRAFTER, "LAO"), Client()
    give_password(client, user)
    before = client.session.session_key
    client.get(ACTIVATE)
    secret = client.session["mfa.totp.secret"]
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()) + 1))
    assert client.post(ACTIVATE, {"code": code}).headers["Location"] == "/account/factors/recovery-codes/"
    assert opens(client) and opens(client, "/account/factors/recovery-codes/")
    assert client.session.session_key != before
    assert sorted(letter.to[0] for letter in deliver()) == sorted([head.email, user.email])


def test_another_session_of_before_is_ended_when_a_factor_is_set_up():
    user, older, newer = person(Role.DRAFTER, "LAO"), Client(), Client()
    give_password(older, user)
    give_password(newer, user)
    newer.get(ACTIVATE)
    secret = newer.session["mfa.totp.secret"]
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()) + 1))
    newer.post(ACTIVATE, {"code": code})
    assert older.get(ACTIVATE).headers["Location"].startswith(LOGIN)


def test_a_session_from_before_the_factor_must_show_it_and_cannot_add_another():
    who, client = delegate(), Client()
    sign_in(client, who.user, second_factor=False)
    for path in [*PRIVATE, ACTIVATE, "/account/factors/passkeys/add/", "/account/factors/recovery-codes/generate/"]:
        assert client.get(path).headers["Location"].startswith(AGAIN), path
    assert client.post(AGAIN, {"code": who.wrong_code()}).status_code == 200
    assert not opens(client)
    assert client.post(AGAIN, {"code": who.code()}).headers["Location"] == DESK
    assert opens(client)


def test_typing_the_password_again_is_no_second_factor():
    who, client = delegate(), Client()
    sign_in(client, who.user, second_factor=False)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert not opens(client)


def test_a_recovery_code_opens_once():
    who = delegate()
    codes = RecoveryCodes(Authenticator.objects.get(user=who.user, type="recovery_codes")).generate_codes()
    opened = []
    for _again in range(2):
        client = Client()
        give_password(client, who.user)
        client.post(CODE, {"code": codes[0]})
        opened.append(opens(client))
    assert opened == [True, False]


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_opens_once_also_with_spaces_and_in_the_neighbouring_step(steps, settings):
    who = delegate()
    code = who.code(steps)
    opened = []
    for typed in (code, code, f"{code[:3]} {code[3:]}", who.code(steps - 1)):
        client = Client()
        give_password(client, who.user)
        client.post(CODE, {"code": typed})
        opened.append(opens(client))
    assert opened == [True, False, False, False]


def test_a_used_code_stays_used_after_the_cache_has_forgotten_it():
    from django.core.cache import cache

    who = delegate()
    code = who.code(1)
    first, second = Client(), Client()
    for client in (first, second):
        give_password(client, who.user)
        client.post(CODE, {"code": code})
        cache.clear()
    assert [opens(first), opens(second)] == [True, False]


def test_the_session_has_a_new_key_after_signing_in():
    who, client = delegate(), Client()
    client.get(LOGIN)
    give_password(client, who.user)
    before = client.session.session_key
    client.post(CODE, {"code": who.code()})
    assert client.session.session_key != before


# -- what is not there ------------------------------------------------------------------------------


def test_there_is_no_sign_up():
    client = Client()
    form = {"email": "new@example.org", "password1": ANOTHER_PASSWORD}
    for path in ("/account/signup/", "/account/signup/?next=/desk/"):
        client.get(path)
        client.post(path, form)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "login/code/",
        "login/code/confirm/",
        "email/",
        "confirm-email/",
        "password/set/",
        "signup/passkey/",
        "3rdparty/",
        "trust/",
    ],
)
def test_what_is_not_used_is_not_reachable(path):
    assert Client().get(f"/account/{path}").status_code == 404


def test_every_view_that_signs_in_is_known():
    """Whoever adds a way in must add it to the tests above."""
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    ways = {name for name in names if re.search(r"login|authenticate|signup|reset|invit", name)}
    assert ways == {
        "account_login",
        "account_reauthenticate",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_signup",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }


# -- a mailbox alone --------------------------------------------------------------------------------


def reset_link(email):
    Client().post(RESET, {"email": email})
    letter = deliver()[-1]
    found = re.search(r"http://testserver(\S+)", letter.body)
    return found and found[1]


def test_twenty_looks_at_the_reset_link_change_nothing_and_do_not_use_it_up():
    who = delegate()
    link = reset_link(who.user.email)
    for _look in range(20):
        assert Client().head(link).status_code == 302
        assert Client().get(link).status_code == 302
    client = Client()
    form = client.get(link).headers["Location"]
    words = {"password1": ANOTHER_PASSWORD, "password2": ANOTHER_PASSWORD}
    assert client.post(form, words | {"code": who.code()}).status_code == 302
    who.user.refresh_from_db()
    assert who.user.check_password(ANOTHER_PASSWORD)
    assert not opens(client)
    assert Client().get(link).status_code == 200, "a used link says that it is spent"


@pytest.mark.parametrize("code", ["", "000000"])
def test_the_mailbox_alone_resets_no_password(code):
    who = delegate()
    client = Client()
    form = client.get(reset_link(who.user.email)).headers["Location"]
    code = code and who.wrong_code()
    answer = client.post(form, {"password1": ANOTHER_PASSWORD, "password2": ANOTHER_PASSWORD, "code": code})
    assert answer.status_code == 200
    who.user.refresh_from_db()
    assert who.user.check_password(PASSWORD)
    assert not opens(client)


@pytest.mark.parametrize("role", [Role.DRAFTER, Role.OBSERVER])
def test_an_account_without_a_second_factor_gets_no_reset_link(role):
    user = person(role, "LAO" if role == Role.DRAFTER else "cmc")
    assert "/password/reset/key/" not in (reset_link(user.email) or "")


def test_the_outbox_holds_no_key():
    who = delegate()
    Client().post(RESET, {"email": who.user.email})
    message = OutgoingMessage.objects.get()
    assert (message.kind, message.ids, who.user.email in message.key) == ("core.password_reset", {}, False)


def test_an_unknown_address_gets_no_mail():
    Client().post(RESET, {"email": "nobody@example.org"})
    assert deliver() == []
    assert OutgoingMessage.objects.get().status == "withdrawn"


def test_sessions_end_when_the_password_changes():
    who = delegate()
    here, there = signed_in(who), signed_in(who)
    words = {"oldpassword": PASSWORD, "password1": ANOTHER_PASSWORD, "password2": ANOTHER_PASSWORD}
    assert here.post("/account/password/change/", words).status_code == 302
    assert [opens(here), opens(there)] == [False, False]
    assert [letter.to for letter in deliver()] == [[who.user.email]]


# -- limits, and saying nothing -----------------------------------------------------------------------


def test_known_and_unknown_addresses_are_answered_alike():
    who, unknown = delegate(), "nobody@example.org"

    def said(path, form):
        answer = Client().post(path, form)
        text = re.sub(r'(value="[^"]*"|name="csrfmiddlewaretoken"[^>]*)', "", answer.content.decode())
        return answer.status_code, answer.headers.get("Location"), text

    wrong = [said(LOGIN, {"login": email, "password": "not this one"}) for email in (who.user.email, unknown)]
    asked = [said(RESET, {"email": email}) for email in (who.user.email, unknown)]
    assert wrong[0] == wrong[1]
    assert asked[0] == asked[1]
    assert [letter.to for letter in deliver()] == [[who.user.email]]


def test_fifty_wrong_passwords_are_limited_whatever_address_is_forged():
    who = delegate()
    for number in range(50):
        give_password(Client(), who.user, "wrong", headers={"X-Forwarded-For": f"203.0.113.{number}"})
    assert give_password(Client(), who.user) == "200", "the sixth try and those after it are not looked at"


def test_an_address_is_limited_over_all_accounts_even_with_a_success_between():
    mine = delegate()
    answers = []
    for number in range(30):
        if number % 5 == 4:
            give_password(Client(), mine.user)
        words = {"login": f"somebody{number}@example.org", "password": "wrong"}
        answers.append(Client().post(LOGIN, words, headers={"X-Forwarded-For": f"203.0.113.{number}"}).content.decode())
    assert "Too many tries" in answers[-1]
    assert "Too many tries" not in answers[0]


def test_with_a_trusted_proxy_its_last_word_counts(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    who = delegate()
    for number in range(25):
        words = {"login": f"somebody{number}@example.org", "password": "wrong"}
        Client().post(LOGIN, words, headers={"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.9"})
    kept_out = give_password(Client(), who.user, headers={"X-Forwarded-For": "203.0.113.9"})
    let_in = give_password(Client(), who.user, headers={"X-Forwarded-For": "203.0.113.8"})
    assert [kept_out, let_in] == ["200", CODE]


def test_codes_are_limited_per_account():
    who, client = delegate(), Client()
    give_password(client, who.user)
    for _try in range(6):
        client.post(CODE, {"code": who.wrong_code()})
    client.post(CODE, {"code": who.code()})
    assert not opens(client)


@pytest.mark.parametrize("password", ["short", "elevenchars", "password1234", "123456789012"])
def test_weak_passwords_are_refused(password):
    client = signed_in(delegate())
    words = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert client.post("/account/password/change/", words).status_code == 200


# -- going out, and elsewhere ---------------------------------------------------------------------------


def test_signing_out_has_the_browser_forget():
    client = signed_in(delegate())
    assert client.get("/account/logout/").status_code == 200
    assert opens(client), "a look signs nobody out"
    answer = client.post("/account/logout/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not opens(client)


def test_a_person_sees_their_sessions_and_ends_the_others():
    who = delegate()
    here, there = signed_in(who), signed_in(who)
    assert UserSession.objects.filter(user=who.user).count() == 2
    here.post("/account/sessions/")
    assert [opens(here), opens(there)] == [True, False]


def test_the_last_second_factor_stays_where_one_is_needed():
    client = signed_in(who := delegate())
    client.post("/account/factors/code/deactivate/")
    assert Authenticator.objects.filter(user=who.user, type="totp").exists()


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "http://127.0.0.1/",
        "http://testserver@evil.example/",
        "\thttps://evil.example",
        "http:///evil.example",
    ],
)
def test_signing_in_leads_nowhere_else(target):
    who, client = delegate(), Client()
    client.post(f"{LOGIN}?next={target}", {"login": who.user.email, "password": PASSWORD, "next": target})
    assert client.post(CODE, {"code": who.code()}).headers["Location"] == DESK


def test_signing_in_leads_back_to_the_page_that_was_asked_for():
    who, client = delegate(), Client()
    asked = client.get("/account/").headers["Location"]
    client.post(asked, {"login": who.user.email, "password": PASSWORD, "next": "/account/"})
    assert client.post(CODE, {"code": who.code()}).headers["Location"] == "/account/"


@pytest.mark.parametrize(
    ("opened", "asked", "led"),
    [
        ("", "", "/ar/desk/"),
        ("", "/desk/", "/ar/desk/"),
        ("", "/account/", "/ar/account/"),
        ("", "/fr/desk/", "/fr/desk/"),
        ("/fr", "", "/fr/desk/"),
        ("/fr", "/fr/account/", "/fr/account/"),
    ],
)
def test_signing_in_leads_to_the_language_of_the_account_unless_another_was_chosen(opened, asked, led):
    who, client = delegate(), Client()
    User.objects.update(language="ar")
    client.post(f"{opened}{LOGIN}", {"login": who.user.email, "password": PASSWORD, "next": asked})

    assert client.post(f"{opened}{CODE}", {"code": who.code()}).headers["Location"] == led


def test_a_closed_account_is_told_so_only_with_its_password():
    who = delegate()
    User.objects.update(is_active=False)
    assert give_password(Client(), who.user, "wrong") == "200"
    assert give_password(Client(), who.user) == reverse("account_inactive")


@pytest.mark.django_db
def test_whoever_is_asked_for_the_password_again_is_asked_once(client):
    sign_in(client, person(Role.DRAFTER, "LAO"))

    page = client.get("/account/reauthenticate/").content.decode()

    assert ("Enter your password" in page, len(re.findall(r"<label[^>]*>\s*Password", page))) == (False, 1)
