"""Delegations: invited with two halves of a secret, ended with one click."""

import re
import threading
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from ccm_portal.core import clock, invitations, outbox
from ccm_portal.core.domain import people
from ccm_portal.core.enums import Role
from ccm_portal.core.models import Invitation, Membership, Organisation, OutgoingMessage, RegisterEntry, User
from ccm_portal.core.permissions import may
from ccm_portal.core.rules import roles_to_give, visible_invitations, visible_memberships
from tests.core.signing_in import LOGIN, delegate, give_password, opens, signed_in
from tests.factories import MembershipFactory, everyone, person, state
from tests.support import sign_in

pytestmark = pytest.mark.django_db

NOW = clock.now()
PEOPLE = "/my/lao-pdr/people/"
NEW = "new@example.org"
A_PASSWORD = "seven quiet rivers at dawn"
KINDS = [
    "nobody in particular",
    "drafter",
    "approver",
    "head of delegation",
    "other drafter",
    "other approver",
    "other head",
    "revoked",
    "invited only",
    "not yet begun",
    "ISO staff",
    "sponsorship officer",
    "observer",
    "committee leader",
    "President",
    "case collaborator",
    "auditor",
    "administrator",
    "lent colleague",
    "superuser",
]


def invite(by=None, role=Role.DRAFTER, acts_for="LAO", email=NEW, at=NOW, **changed):
    given = {"name": "New Person", "language": "en", "starts": at.date()} | changed
    body = Organisation.objects.filter(key=acts_for).first() or state(acts_for)
    by = by or person(Role.ISO_STAFF)
    return people.invite(by=by, at=at, email=email, role=role, acts_for=body, **given)


def link(invitation):
    return reverse("core:invitation", args=[invitations.token(invitation)])


def words(code, password=A_PASSWORD):
    return {"code": code, "password": password, "password_again": password}


# -- inviting -----------------------------------------------------------------------------------------


def test_a_head_invites_and_is_shown_the_code_once():
    head = person(Role.HEAD_OF_DELEGATION, "LAO")
    client = sign_in(Client(), head)
    form = {
        "email": "New@Example.org",
        "name": "New Person",
        "role": "drafter",
        "language": "fr",
        "starts": clock.today(),
    }
    page = client.post(PEOPLE, form).content.decode()
    shown = re.search(r"<code[^>]*>([A-Z2-9]{4})-([A-Z2-9]{4})</code>", page)
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role, invitation.state.iso3, invitation.given_by) == (
        NEW,
        "drafter",
        "LAO",
        head,
    )
    assert invitations.code_fits(invitation, shown[1] + shown[2])
    assert shown[1] not in client.get(PEOPLE).content.decode()
    again = client.post(PEOPLE, form).content.decode()
    assert "invited to this role already" in again
    assert Invitation.objects.count() == 1


def test_the_mail_carries_the_link_and_the_database_neither_half():
    invitation, code = invite(language="en")
    message = OutgoingMessage.objects.get(kind="core.invitation")
    assert message.ids == {"invitation": invitation.pk}
    outbox.deliver(pk=message.pk, at=NOW)
    (letter,) = mail.outbox
    assert letter.to == [NEW]
    assert f"http://testserver{link(invitation)}" in letter.body
    assert code not in letter.body
    kept = repr(list(Invitation.objects.values())) + repr(list(RegisterEntry.objects.values()))
    assert code not in kept and invitations.token(invitation) not in kept
    assert NEW not in repr(list(RegisterEntry.objects.values())), "the register is for ever: no addresses"


def test_the_invitation_is_written_in_the_language_of_the_invited():
    invitation, _code = invite(language="fr")
    outbox.deliver(pk=OutgoingMessage.objects.get().pk, at=NOW)
    assert f"http://testserver/fr{link(invitation)}" in mail.outbox[0].body


def test_a_withdrawn_invitation_is_not_mailed():
    invitation, _code = invite()
    people.withdraw_invitation(invitation=invitation, by=invitation.given_by, at=NOW)
    assert outbox.deliver(pk=OutgoingMessage.objects.get().pk, at=NOW) == "withdrawn"


@pytest.mark.parametrize("kind", KINDS)
def test_who_may_give_which_role(kind):
    user = everyone("LAO", "NOR")[kind]
    to_lao = [role.value for role in roles_to_give(user, state("LAO"))]
    to_office = [role.value for role in roles_to_give(user, Organisation.objects.get(key="iso"))]
    everything = ["drafter", "approver", "head_of_delegation", "committee_leader", "president"]
    office = ["iso_staff", "sponsorship_officer", "auditor", "administrator"]
    given = {"head of delegation": (["drafter", "approver"], []), "ISO staff": (everything, office)}
    assert (to_lao, to_office) == given.get(kind, ([], []))


@pytest.mark.parametrize("role", ["head_of_delegation", "iso_staff", "auditor", "president"])
def test_a_head_cannot_give_more_by_changing_the_form(role):
    head = person(Role.HEAD_OF_DELEGATION, "LAO")
    form = {"email": NEW, "name": "New", "role": role, "language": "en", "starts": clock.today()}
    sign_in(Client(), head).post(PEOPLE, form)
    assert not Invitation.objects.exists()
    with pytest.raises(people.PeopleRefused):
        invite(by=head, role=role)


def test_nobody_is_invited_to_a_compliance_case_here():
    with pytest.raises(people.PeopleRefused):
        invite(role=Role.CASE_COLLABORATOR)


def test_the_office_invites_a_head_and_an_observer():
    client = sign_in(Client(), person(Role.ISO_STAFF))
    words = {"email": NEW, "name": "New", "language": "en", "starts": clock.today()}
    client.post("/office/people/", words | {"state": state("LAO").pk, "role": "head_of_delegation"})
    client.post("/office/people/", words | {"organisation": Organisation.objects.get(key="cmc").pk, "role": "observer"})
    both = words | {
        "state": state("LAO").pk,
        "organisation": Organisation.objects.get(key="cmc").pk,
        "role": "observer",
    }
    assert "one of them" in client.post("/office/people/", both).content.decode()
    made = [(offer.role, offer.acts_for.name) for offer in Invitation.objects.order_by("pk")]
    assert made == [("head_of_delegation", state("LAO").name), ("observer", Organisation.objects.get(key="cmc").name)]


# -- accepting ------------------------------------------------------------------------------------------


def test_twenty_looks_at_the_link_change_nothing():
    invitation, code = invite()
    for _look in range(20):
        assert Client().head(link(invitation)).status_code == 200
        assert Client().get(link(invitation)).status_code == 200
    assert not User.objects.filter(email=NEW).exists()
    Client().post(link(invitation), words(code))
    assert Membership.objects.get(user__email=NEW).role == "drafter"


def test_accepting_makes_an_account_and_goes_straight_to_the_second_factor():
    invitation, code = invite(ends=NOW.date() + timedelta(days=90))
    client = Client()
    answer = client.post(link(invitation), words(f"{code[:4].lower()}-{code[4:]}"))
    assert answer.headers["Location"] == reverse("mfa_activate_totp")
    assert client.get(answer.headers["Location"]).status_code == 200, "no password is asked again"
    assert not opens(client)
    membership = Membership.objects.get(user__email=NEW)
    told = (membership.role, membership.state.iso3, membership.ends, membership.given_by)
    assert told == ("drafter", "LAO", invitation.ends, invitation.given_by)
    acts = list(RegisterEntry.objects.order_by("number").values_list("action", "actor", "state__iso3"))
    assert acts == [
        ("core.invitation.send", invitation.given_by_id, "LAO"),
        ("core.membership.begin", membership.user_id, "LAO"),
    ]


def test_an_invitation_works_once():
    invitation, code = invite()
    Client().post(link(invitation), words(code))
    assert Client().get(link(invitation)).status_code == 410
    assert Client().post(link(invitation), words(code, "another long password")).status_code == 410
    assert User.objects.get(email=NEW).check_password(A_PASSWORD)


def test_after_fourteen_days_the_link_is_closed():
    invitation, code = invite(at=NOW - timedelta(days=14))
    assert Client().post(link(invitation), words(code)).status_code == 410
    assert not User.objects.filter(email=NEW).exists()


def test_five_wrong_codes_withdraw_it():
    invitation, code = invite()
    answers = [Client().post(link(invitation), words("WRONGONE")).status_code for _try in range(5)]
    assert answers == [200] * 5
    assert Client().post(link(invitation), words(code)).status_code == 410
    assert RegisterEntry.objects.filter(action="core.invitation.withdraw").count() == 1
    assert not User.objects.filter(email=NEW).exists()


def test_a_mailbox_alone_accepts_nothing():
    invitation, _code = invite()
    for form in ({}, {"code": ""}, words("")):
        Client().post(link(invitation), form)
    assert not User.objects.filter(email=NEW).exists()


def test_a_link_that_was_made_up_is_not_found():
    invitation, _code = invite()
    for token in ("0" * 64, str(invitation.pk), invitation.token_hash):
        assert Client().get(f"/invitation/{token}/").status_code == 404


def test_an_existing_account_accepts_only_signed_in_as_itself():
    who, stranger = delegate(Role.DRAFTER, "NOR"), delegate(Role.DRAFTER, "NOR")
    invitation, code = invite(email=who.user.email)
    anonymous = Client()
    assert "Sign in" in anonymous.get(link(invitation)).content.decode()
    assert anonymous.post(link(invitation), words(code)).status_code == 403
    assert signed_in(stranger).post(link(invitation), {"code": code}).status_code == 403
    client = signed_in(who)
    before = client.session.session_key
    assert client.post(link(invitation), {"code": code}).headers["Location"] == "/desk/"
    assert client.session.session_key != before, "rights changed, so did the key"
    assert User.objects.get(pk=who.user.pk).state_ids == {state("LAO").pk, state("NOR").pk}


def test_someone_signed_in_must_sign_out_before_accepting_for_a_new_account():
    invitation, code = invite()
    client = signed_in(delegate())
    assert client.post(link(invitation), words(code)).status_code == 403
    assert not User.objects.filter(email=NEW).exists()


def test_a_role_that_is_held_is_not_offered_again():
    user = person(Role.DRAFTER, "LAO")
    with pytest.raises(people.PeopleRefused):
        invite(email=user.email)


def test_a_closed_account_is_not_invited():
    user = person()
    people.deactivate_account(user=user, by=person(Role.ISO_STAFF), at=NOW)
    with pytest.raises(people.PeopleRefused):
        invite(email=user.email)


def test_a_weak_password_is_refused_and_the_invitation_stays_open():
    invitation, code = invite()
    assert Client().post(link(invitation), words(code, "short")).status_code == 200
    assert Client().post(link(invitation), words(code, "new@example.org")).status_code == 200
    invitation.refresh_from_db()
    assert (invitation.attempts, invitation.accepted_at) == (0, None)


@pytest.mark.django_db(transaction=True)
def test_eight_acceptances_at_once_give_one_account():
    invitation, code = invite()
    outcomes, start = [], threading.Barrier(8)

    def accept():
        start.wait()
        try:
            people.accept_invitation(invitation=invitation, code=code, at=NOW, password=A_PASSWORD)
            outcomes.append("accepted")
        except people.PeopleRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=accept) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(outcomes) == ["accepted"] + ["refused"] * 7
    assert Membership.objects.filter(user__email=NEW).count() == 1


def test_the_first_person_of_the_office_comes_in_the_same_way(capsys):
    call_command("open_office", "First@example.org", "First Person")
    told = capsys.readouterr().out
    path, code = re.search(r"http://testserver(\S+)", told)[1], re.search(r"\b([A-Z2-9]{4}-[A-Z2-9]{4})\b", told)[1]
    client = Client()
    assert client.post(path, words(code)).headers["Location"] == reverse("mfa_activate_totp")
    assert User.objects.get(email="first@example.org").roles == {"iso_staff"}


# -- ending -----------------------------------------------------------------------------------------------


def end(client, membership, version=None):
    version = membership.version if version is None else version
    return client.post(reverse("core:membership-end", args=[membership.pk]), {"version": version})


ROLES_THAT_SEE = {
    Role.DRAFTER: "LAO",
    Role.APPROVER: "LAO",
    Role.HEAD_OF_DELEGATION: "LAO",
    Role.ISO_STAFF: "iso",
    Role.SPONSORSHIP_OFFICER: "iso",
    Role.OBSERVER: "cmc",
    Role.COMMITTEE_LEADER: "LAO",
    Role.PRESIDENT: "LAO",
    Role.AUDITOR: "iso",
    Role.ADMINISTRATOR: "iso",
}


@pytest.mark.parametrize("role", ROLES_THAT_SEE)
def test_an_ended_role_gives_nothing_on_the_next_request_of_any_device(role):
    who, office = delegate(role, ROLES_THAT_SEE[role]), person(Role.ISO_STAFF)
    devices = [signed_in(who), signed_in(who)]
    path = PEOPLE if role in {Role.DRAFTER, Role.APPROVER, Role.HEAD_OF_DELEGATION} else "/office/people/"
    opened = [opens(device, path) for device in devices]
    end(sign_in(Client(), office), who.user.memberships.get())
    assert opened == [path == PEOPLE or role == Role.ISO_STAFF] * 2
    assert [opens(device, path) for device in devices] == [False, False]
    assert User.objects.get(pk=who.user.pk).roles == set()


@pytest.mark.parametrize("role", ROLES_THAT_SEE)
def test_a_closed_account_is_out_on_the_next_request_of_any_device(role):
    who = delegate(role, ROLES_THAT_SEE[role])
    devices = [signed_in(who), signed_in(who)]
    assert [opens(device) for device in devices] == [True, True]
    people.deactivate_account(user=who.user, by=person(Role.ISO_STAFF), at=NOW)
    assert [opens(device) for device in devices] == [False, False]
    assert give_password(Client(), who.user) == reverse("account_inactive")
    assert User.objects.get(pk=who.user.pk).roles == set()


@pytest.mark.parametrize("kind", ["revoked", "invited only", "not yet begun"])
def test_who_is_not_in_force_sees_nothing(kind):
    client = sign_in(Client(), everyone("LAO", "NOR")[kind])
    assert [opens(client, path) for path in (PEOPLE, "/office/people/", "/office/messages/")] == [False] * 3


def test_the_end_of_a_period_ends_the_right():
    who = delegate(Role.DRAFTER, "LAO")
    client = signed_in(who)
    Membership.objects.update(ends=clock.today())
    assert not opens(client, PEOPLE)


def test_a_head_ends_a_drafter_and_the_list_says_so():
    head, drafter = person(Role.HEAD_OF_DELEGATION, "LAO"), person(Role.DRAFTER, "LAO")
    client = sign_in(Client(), head)
    assert end(client, drafter.memberships.get()).headers["Location"] == PEOPLE
    page = client.get(PEOPLE)
    assert [row.user for row in page.context["present"]] == [head]
    assert [row.user for row in page.context["ended"]] == [drafter]
    entry = RegisterEntry.objects.get(action="core.membership.end")
    assert (entry.actor, entry.state.iso3) == (head, "LAO")


def test_the_list_shows_a_button_for_each_role_that_may_be_ended():
    head, drafter = person(Role.HEAD_OF_DELEGATION, "LAO"), person(Role.DRAFTER, "LAO")
    ended = person(Role.APPROVER, "LAO", ends=clock.today())
    shown = {}
    for who in (head, drafter):
        page = sign_in(Client(), who).get(PEOPLE).content.decode()
        shown[who] = sorted(int(pk) for pk in re.findall(r"/people/memberships/(\d+)/end/", page))
        assert ended.email in page
    assert shown == {head: sorted([head.memberships.get().pk, drafter.memberships.get().pk]), drafter: []}


def test_a_stale_list_ends_nothing():
    head, drafter = person(Role.HEAD_OF_DELEGATION, "LAO"), person(Role.DRAFTER, "LAO")
    client, membership = sign_in(Client(), head), drafter.memberships.get()
    end(client, membership, version=membership.version + 1)
    end(client, membership, version="nonsense")
    assert drafter.memberships.get().ends is None
    end(client, membership)
    end(client, membership)
    assert RegisterEntry.objects.filter(action="core.membership.end").count() == 1


def test_the_last_head_is_ended_by_the_office_alone():
    head, office = person(Role.HEAD_OF_DELEGATION, "LAO"), person(Role.ISO_STAFF)
    own = head.memberships.get()
    end(sign_in(Client(), head), own)
    assert head.memberships.get().ends is None
    second = person(Role.HEAD_OF_DELEGATION, "LAO")
    end(sign_in(Client(), head), own)
    assert head.memberships.get().ends == clock.today()
    end(sign_in(Client(), office), second.memberships.get())
    assert second.memberships.get().ends == clock.today()


@pytest.mark.django_db(transaction=True)
def test_two_heads_who_end_each_other_at_once_leave_one():
    heads = [person(Role.HEAD_OF_DELEGATION, "LAO") for _ in range(2)]
    outcomes, start = [], threading.Barrier(2)

    def end_other(mine, other):
        start.wait()
        try:
            people.end_membership(membership=other.memberships.get(), by=mine, at=NOW, version=1)
            outcomes.append("ended")
        except people.PeopleRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=end_other, args=pair) for pair in (heads, heads[::-1])]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(outcomes) == ["ended", "refused"]


def test_what_an_ended_head_offered_is_withdrawn():
    head = person(Role.HEAD_OF_DELEGATION, "LAO")
    invitation, code = invite(by=head)
    people.end_membership(membership=head.memberships.get(), by=person(Role.ISO_STAFF), at=NOW, version=1)
    assert Client().post(link(invitation), words(code)).status_code == 410


def test_a_role_that_has_not_begun_can_be_ended():
    user = person(Role.DRAFTER, "LAO", starts=date(2999, 1, 1))
    people.end_membership(membership=user.memberships.get(), by=person(Role.ISO_STAFF), at=NOW, version=1)
    assert not Membership.objects.in_force(date(2999, 1, 2)).filter(user=user).exists()


def test_a_head_may_not_end_what_is_not_of_the_delegation():
    head = person(Role.HEAD_OF_DELEGATION, "LAO")
    leader, other = person(Role.COMMITTEE_LEADER, "LAO"), person(Role.DRAFTER, "NOR")
    client = sign_in(Client(), head)
    assert end(client, leader.memberships.get()).status_code == 403
    assert end(client, other.memberships.get()).status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_only_heads_and_the_office_end_a_role(kind):
    drafter = person(Role.DRAFTER, "LAO")
    client = sign_in(Client(), everyone("LAO", "NOR")[kind])
    end(client, drafter.memberships.get())
    assert (drafter.memberships.get().ends is not None) == (kind in {"head of delegation", "ISO staff"})


# -- rules and querysets ------------------------------------------------------------------------------------


def test_rules_and_querysets_agree_for_every_kind_of_person():
    kinds = everyone("LAO", "NOR")
    assert sorted(kinds) == sorted(KINDS)
    MembershipFactory(user=person(), role=Role.OBSERVER, organisation=Organisation.objects.get(key="icrc"))
    invite(), invite(role=Role.PRESIDENT, email="b@example.org"), invite(acts_for="NOR", email="c@example.org")
    invite(acts_for="cmc", role=Role.OBSERVER, email="d@example.org")
    differ = []
    for kind, user in kinds.items():
        asked = [(row, "core.view_delegation", visible_memberships(user)) for row in Membership.objects.all()]
        asked += [(row, "core.manage_delegation", visible_invitations(user)) for row in Invitation.objects.all()]
        differ += [(kind, row, perm) for row, perm, seen in asked if may(user, perm, row) != seen.contains(row)]
    assert differ == []


def test_who_works_on_a_case_is_in_no_list():
    kinds = everyone("LAO", "NOR")
    secret = kinds["case collaborator"].memberships.get()
    assert [kind for kind, user in kinds.items() if visible_memberships(user).contains(secret)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_who_sees_the_people_of_a_state(kind):
    client = sign_in(Client(), everyone("LAO", "NOR")[kind])
    expected = kind in {"drafter", "approver", "head of delegation", "ISO staff"}
    assert opens(client, PEOPLE) == expected
    assert opens(client, "/office/people/") == (kind == "ISO staff")


def test_anonymous_visitors_are_asked_to_sign_in():
    for path in (PEOPLE, "/office/people/", "/office/messages/", "/account/"):
        assert Client().get(path).headers["Location"].startswith(LOGIN)


def test_the_lists_cost_the_same_queries_for_two_people_and_for_twenty(django_assert_max_num_queries):
    office = person(Role.ISO_STAFF)
    for _ in range(20):
        person(Role.DRAFTER, "LAO")
    client = sign_in(Client(), office)
    for path in (PEOPLE, "/office/people/?state=lao-pdr"):
        with django_assert_max_num_queries(12):
            client.get(path)


# -- a lost telephone ---------------------------------------------------------------------------------------


def test_a_lost_factor_is_removed_only_from_an_account_without_rights():
    who, office = delegate(Role.DRAFTER, "LAO"), person(Role.ISO_STAFF)
    with pytest.raises(people.PeopleRefused):
        people.forget_factors(user=who.user, by=office, at=NOW)
    end(sign_in(Client(), office), who.user.memberships.get())
    device = signed_in(who)
    sign_in(Client(), office).post(reverse("core:forget-factors", args=[who.user.pk]))
    assert not opens(device)
    assert not Authenticator.objects.filter(user=who.user).exists()
    invitation, code = invite(by=office, email=who.user.email)
    client = Client()
    assert client.post(link(invitation), words(code)).headers["Location"] == reverse("mfa_activate_totp")
    assert give_password(Client(), who.user, A_PASSWORD) != "200"


def test_an_invitation_never_gives_a_new_password_to_an_account_with_rights():
    user = person(Role.DRAFTER, "NOR")  # no second factor yet
    invitation, code = invite(email=user.email)
    assert Client().post(link(invitation), words(code)).status_code == 403
    with pytest.raises(people.PeopleRefused):
        people.accept_invitation(invitation=invitation, code=code, at=NOW, password=A_PASSWORD)
    assert not User.objects.get(pk=user.pk).check_password(A_PASSWORD)
