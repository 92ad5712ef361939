"""Naming, ending and handing over: who may open a case afterwards, and what stands on its chain."""

import json
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied

from ccm_portal.core.domain import people as accounts
from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage, RegisterEntry
from committees.domain.said import WorkRefused
from compliance import fence
from compliance.domain import case_people, cases
from compliance.enums import Access, Side
from compliance.models import CasePlace, ComplianceCase
from compliance.rules import visible_cases
from tests.compliance import factories_cases as made
from tests.factories import person

pytestmark = pytest.mark.django_db


def with_factor(user):
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    return user


def name(case, user, by=None, **given):
    given = {"access": Access.READ, "side": Side.TEAM} | given
    return case_people.name_person(case=case, email=user.email, by=by or case.opened_by, at=made.AT, **given)


def acts(case, by):
    with fence.reading_as(by):
        chain = RegisterEntry.objects.filter(chain=case.register_chain).order_by("number")
        return [(entry.action.removeprefix("compliance.case."), entry.state, entry.actor) for entry in chain]


def sees(user, case):
    return visible_cases(user).filter(pk=case.pk).exists()


def test_a_person_named_sees_the_case_is_told_without_its_name_and_the_act_is_on_its_own_chain():
    case, leader = made.a_case(), with_factor(person(Role.COMMITTEE_LEADER, "HRV"))
    name(case, leader)

    told = OutgoingMessage.objects.get()
    assert sees(leader, case)
    assert (told.kind, told.user, told.ids, str(case.pk) in told.key) == ("compliance.news", leader, {}, False)
    assert acts(case, leader) == [("open", None, case.opened_by), ("name", None, case.opened_by)]


@pytest.mark.parametrize(
    ("who", "given"),
    [
        (lambda: person(Role.OBSERVER, "cmc"), {}),  # has no second factor
        (lambda: with_factor(person()), {}),  # acts for nobody
        (lambda: with_factor(person(Role.APPROVER, "PER")), {"side": Side.TEAM}),
        (lambda: with_factor(person(Role.APPROVER, "HRV")), {"side": Side.CONCERNED}),
        (lambda: with_factor(person(Role.OBSERVER, "cmc")), {"access": Access.LEAD}),
    ],
)
def test_who_cannot_be_named_is_refused(who, given):
    case, user = made.a_case(iso3="PER"), who()

    with pytest.raises(WorkRefused):
        name(case, user, **given)

    assert not sees(user, case)


def test_a_writer_names_nobody_and_an_ended_place_writes_nothing_even_in_mid_form():
    case = made.a_case()
    writer = made.named(case, access=Access.WRITE)
    with pytest.raises(PermissionDenied):
        name(case, with_factor(person(Role.OBSERVER, "icrc")), by=writer)
    with fence.reading_as(case.opened_by):
        place = CasePlace.objects.get(user=writer)

    case_people.end_place(case=case, place=place, by=case.opened_by, at=made.AT)

    with pytest.raises(ComplianceCase.DoesNotExist):
        cases.add_source(case=case, source=cases.SourceGiven(name="Too late"), by=writer, at=made.AT)
    assert not sees(writer, case)
    assert [act for act, _state, _by in acts(case, case.opened_by)] == ["open", "end_place"]


def test_handing_over_closes_the_case_to_who_led_it_and_opens_it_to_the_new_president():
    case, other = made.a_case(), None
    old, new = case.opened_by, with_factor(made.president("HRV"))
    other = made.a_case(old, title="Another")

    case_people.hand_over(cases=[case, other], to=new, by=old, at=made.AT)

    assert (sees(old, case), sees(old, other)) == (False, False)
    assert sees(new, case) and sees(new, other)
    assert [act for act, _state, _by in acts(case, new)] == ["open", "hand_over"]
    assert acts(case, old) == []


def test_who_handed_over_may_stay_to_read():
    case, new = made.a_case(), with_factor(made.president("HRV"))

    case_people.hand_over(cases=[case], to=new, stays=Access.READ, by=case.opened_by, at=made.AT)

    with fence.reading_as(new):
        places = dict(CasePlace.objects.values_list("user", "access"))
    assert places == {case.opened_by.pk: "read", new.pk: "lead"}


def test_only_a_president_takes_a_case_and_nobody_adds_a_place_for_themselves():
    case = made.a_case()
    with pytest.raises(WorkRefused):
        case_people.hand_over(cases=[case], to=with_factor(person(Role.APPROVER, "HRV")), by=case.opened_by, at=made.AT)


def test_the_president_takes_over_what_nobody_leads_who_acts_for_anybody_and_nothing_else():
    adrift, led = made.a_case(), made.a_case(made.president("HRV"))
    old, new = adrift.opened_by, made.president("BGR")
    assert case_people.adrift(new) == []
    old.memberships.update(ends=date(2021, 1, 1))

    taken = case_people.take_over(by=new, at=made.AT)

    assert ([one.pk for one in taken], sees(new, adrift), sees(new, led)) == ([adrift.pk], True, False)
    assert [act for act, _state, _by in acts(adrift, new)] == ["open", "take_over"]
    assert case_people.adrift(person(Role.ISO_STAFF, "iso")) == []


def test_who_presides_is_asked_of_the_portals_own_day(monkeypatch):
    later = person(Role.PRESIDENT, "BGR", starts=date(2031, 9, 1))
    monkeypatch.setenv("PORTAL_NOW", "2031-10-01T12:00:00+00:00")

    case = made.a_case(later)

    assert sees(later, case)


def test_the_office_forgets_the_factors_of_somebody_named_as_of_anybody_and_the_account_opens_no_case_again():
    office, case = person(Role.ISO_STAFF, "iso"), made.a_case()
    other, plain = (with_factor(person(Role.OBSERVER, "cmc")) for _one in range(2))
    name(case, other)
    for user in (other, plain):
        user.memberships.update(ends=date(2021, 1, 1))
        accounts.forget_factors(user=user, by=office, at=made.AT)

    with fence.reading_as(case.opened_by):
        named = list(CasePlace.objects.values_list("user", flat=True))
    assert named == [case.opened_by.pk]
    assert [act for act, _state, _by in acts(case, case.opened_by)] == ["open", "name", "end_place"]


def test_a_matter_about_the_presidents_own_state_is_opened_like_any_other_and_its_record_says_so():
    own, other, lead = made.a_case(iso3="LAO"), made.a_case(), made.president("PER")
    with_factor(lead)
    case_people.hand_over(cases=[other], to=lead, by=other.opened_by, at=made.AT)

    def told(case, by):
        with fence.reading_as(by):
            chain = RegisterEntry.objects.filter(chain=case.register_chain).order_by("number")
            return [json.loads(one.payload)["data"].get("own_state") for one in chain]

    assert (told(own, own.opened_by), told(other, lead)) == ([True], [None, True])
