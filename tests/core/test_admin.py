"""The admin site: reference data and accounts, behind the portal's own sign-in."""

import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from ccm_portal.core import clock, outbox, register
from ccm_portal.core.admin import site
from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage, RegisterEntry, State, User
from ccm_portal.core.permissions import may
from ccm_portal.core.rules import visible_memberships
from tests.core.signing_in import LOGIN, delegate, opens, signed_in, with_phone
from tests.factories import UserFactory, person, state
from tests.support import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    return with_phone(UserFactory(is_staff=True, is_superuser=True))


def staff(role):
    user = person(role)
    User.objects.filter(pk=user.pk).update(is_staff=True)
    return User.objects.get(pk=user.pk)


def test_only_reference_data_accounts_and_two_views_are_there():
    assert sorted(model.__name__ for model in site._registry) == [
        "Organisation",
        "OutgoingMessage",
        "RegionGroup",
        "RegisterEntry",
        "State",
        "StateClock",
        "User",
    ]


def test_the_way_in_is_the_portals_own(root):
    assert Client().get("/admin/").headers["Location"] == "/admin/login/?next=/admin/"
    assert Client().get("/admin/login/").headers["Location"].startswith(LOGIN)
    assert Client().get("/admin/core/state/").headers["Location"].startswith("/admin/login/")
    assert opens(signed_in(root), "/admin/")


def test_without_a_second_factor_it_stays_shut(root):
    client = sign_in(Client(), root.user, second_factor=False)
    for path in ("/admin/", "/admin/login/", "/admin/core/user/", "/admin/password_change/"):
        assert client.get(path).headers["Location"].startswith("/account/factors/reauthenticate/")


@pytest.mark.parametrize("role", [Role.ISO_STAFF, Role.ADMINISTRATOR, Role.AUDITOR])
def test_a_role_alone_does_not_open_it(role):
    client = signed_in(delegate(role, "iso"))
    assert not opens(client, "/admin/")
    assert client.get("/admin/login/").status_code == 403


def test_every_page_of_it_opens_for_a_superuser(root):
    client = signed_in(root)
    shown = {
        model._meta.model_name: client.get(f"/admin/core/{model._meta.model_name}/").status_code
        for model in site._registry
    }
    assert shown == {
        "organisation": 200,
        "outgoingmessage": 200,
        "regiongroup": 200,
        "registerentry": 403,
        "state": 200,
        "stateclock": 200,
        "user": 200,
    }
    assert opens(client, f"/admin/core/state/{state('LAO').pk}/change/")
    assert opens(client, f"/admin/core/user/{root.user.pk}/change/")


def test_a_superuser_gains_nothing_in_the_portal(root):
    person(Role.DRAFTER, "LAO")
    perms = ["core.view_delegation", "core.manage_delegation", "core.invite", "core.see_messages"]
    assert [perm for perm in perms if may(root.user, perm, state("LAO"))] == []
    assert not visible_memberships(root.user).exists()


def test_the_mission_address_of_a_state_changes_and_stands_in_the_register(root):
    lao = state("LAO")
    form = {"mission_email": "mission@example.org", "notes": "", "treaty_status": "non_party", "name_en": "Elsewhere"}
    signed_in(root).post(f"/admin/core/state/{lao.pk}/change/", form)
    changed = State.objects.get(pk=lao.pk)
    assert (changed.mission_email, changed.treaty_status, changed.name_en) == (
        "mission@example.org",
        lao.treaty_status,
        lao.name_en,
    )
    entry = RegisterEntry.objects.get()
    assert (entry.action, entry.actor, entry.state) == ("core.state.change", root.user, lao)


def test_nobody_sets_a_password_for_another(root):
    other = person(Role.DRAFTER, "LAO")
    client = signed_in(root)
    page = client.get(f"/admin/core/user/{other.pk}/change/").content.decode()
    assert not re.search(r'name="password|type="password"', page)
    assert client.get(f"/admin/core/user/{other.pk}/password/").status_code in {302, 404}
    form = {
        "name": other.name,
        "language": "en",
        "is_active": "on",
        "password": "a new long password",
        "is_superuser": "on",
    }
    client.post(f"/admin/core/user/{other.pk}/change/", form)
    other.refresh_from_db()
    assert other.check_password("correct horse battery staple")
    assert not other.is_superuser


def test_accounts_are_neither_added_nor_deleted_there(root):
    client = signed_in(root)
    assert client.get("/admin/core/user/add/").status_code == 403
    assert client.get(f"/admin/core/user/{person().pk}/delete/").status_code == 403


def test_an_account_is_closed_and_its_devices_are_out_at_once(root):
    who = delegate(Role.DRAFTER, "LAO")
    device, client = signed_in(who), signed_in(root)
    form = {"name": who.user.name, "language": "en"}
    client.post(f"/admin/core/user/{who.user.pk}/change/", form)
    assert not opens(device)
    client.post(f"/admin/core/user/{who.user.pk}/change/", form | {"is_active": "on"})
    assert not opens(device), "an account that is opened again begins with no session"
    acts = list(RegisterEntry.objects.order_by("number").values_list("action", "actor"))
    assert acts == [("core.account.close", root.user.pk), ("core.account.open", root.user.pk)]


def test_the_auditor_reads_the_main_chain_and_no_other_and_sees_no_gap_in_it(root):
    for action, chain in (("core.test.seen", "main"), ("core.test.secret", "case-1"), ("core.test.next", "main")):
        with transaction.atomic():
            register.append(action=action, by=None, at=clock.now(), chain=chain)
    client = sign_in(Client(), staff(Role.AUDITOR))
    page = client.get("/admin/core/registerentry/").content.decode()
    assert "core.test.seen" in page and "core.test.secret" not in page
    assert re.findall(r"/registerentry/(\d+)/change/", page) == ["2", "1"]
    secret = RegisterEntry.objects.get(chain="case-1")
    assert opens(client, "/admin/core/registerentry/2/change/")
    assert not opens(client, f"/admin/core/registerentry/{secret.pk + 10}/change/")
    assert client.post("/admin/core/registerentry/1/change/", {"action": "x"}).status_code == 403


def test_signing_out_of_the_admin_site_signs_out_of_the_portal(root):
    client = signed_in(root)
    assert client.post("/admin/logout/").headers["Clear-Site-Data"]
    assert not opens(client)


DESKS = {Role.ISO_STAFF: "iso", Role.HEAD_OF_DELEGATION: "LAO"}

# -- the office's list of mail --------------------------------------------------------------------------


def unclear_message():
    outbox.owe(kind="core.account_notice", key="one", to=person(), at=clock.now(), ids={"what": "password_changed"})
    OutgoingMessage.objects.update(status="unclear", attempts=1, settled_at=clock.now(), claimed_at=clock.now())
    return OutgoingMessage.objects.get()


def test_the_office_sees_which_mail_is_unclear_and_sends_it_again(mailoutbox):
    message, office = unclear_message(), person(Role.ISO_STAFF)
    client = sign_in(Client(), office)
    page = client.get("/office/messages/?status=unclear").content.decode()
    assert "Change to an account" in page and message.user.email in page
    client.post(reverse("core:message-again", args=[message.pk]))
    assert outbox.deliver(pk=message.pk, at=clock.now()) == "sent"
    client.post(reverse("core:message-again", args=[message.pk]))
    assert outbox.deliver(pk=message.pk, at=clock.now()) == "not mine"
    assert len(mailoutbox) == 1
    assert list(RegisterEntry.objects.values_list("action", "actor")) == [("core.message.send_again", office.pk)]


def test_unclear_mail_stands_on_the_desk_of_the_office_alone():
    unclear_message()
    said = "1 message is unclear"
    desks = {role: sign_in(Client(), person(role, body)).get("/desk/").content.decode() for role, body in DESKS.items()}
    assert {role: said in page for role, page in desks.items()} == {
        Role.ISO_STAFF: True,
        Role.HEAD_OF_DELEGATION: False,
    }
    assert "/my/lao-pdr/people/" in desks[Role.HEAD_OF_DELEGATION]
    assert "/office/people/" in desks[Role.ISO_STAFF] and "/office/people/" not in desks[Role.HEAD_OF_DELEGATION]


def test_the_office_sets_one_aside(mailoutbox):
    message = unclear_message()
    sign_in(Client(), person(Role.ISO_STAFF)).post(reverse("core:message-aside", args=[message.pk]))
    assert outbox.deliver(pk=message.pk, at=clock.now()) == "not mine"
    message.refresh_from_db()
    assert (message.status, mailoutbox) == ("withdrawn", [])


@pytest.mark.parametrize("role", [Role.DRAFTER, Role.HEAD_OF_DELEGATION, Role.OBSERVER, Role.AUDITOR])
def test_others_see_and_decide_nothing_there(role):
    message = unclear_message()
    body = {"observer": "cmc", "auditor": "iso"}.get(role.value, "LAO")
    client = sign_in(Client(), person(role, body))
    assert not opens(client, "/office/messages/")
    assert client.post(reverse("core:message-again", args=[message.pk])).status_code == 404
    assert OutgoingMessage.objects.get().status == "unclear"
