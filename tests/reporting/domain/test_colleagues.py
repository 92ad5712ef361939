"""Lending a section: the loan holds for one person and one section, and only while the State lets it."""

import threading
import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.core import mail
from django.db import connection
from guardian.shortcuts import assign_perm

from ccm_portal.core import clock, grants, outbox
from ccm_portal.core.domain import people
from ccm_portal.core.enums import Role
from ccm_portal.core.models import Invitation, OutgoingMessage, RegisterEntry, User
from ccm_portal.core.permissions import may
from ccm_portal.core.rules import visible_invitations
from ccm_portal.core.work_items import work_items_for
from committees.models import TermPerson, WorkspacePlace
from compliance.models import CasePlace, RequestPlace
from meetings.models import ChairPlace
from reporting.domain import colleagues, drafts
from reporting.models import WRITE_LENT, DraftComment, LoanOffer, SectionDraft, SectionLoan
from reporting.rules import lent_sections, sections_to_write, visible_comments, visible_loans, visible_sections
from sponsorship.models import RoundPlace
from tests import factories
from tests.core.signing_in import with_phone
from tests.reporting.support import complete, draft_of, file, person, start

pytestmark = pytest.mark.django_db

NOW = clock.now()
NEW = "colleague@example.org"
A_PASSWORD = "seven quiet rivers at dawn"
EDIT = "reporting.edit_section"


@pytest.fixture
def section(report):
    return draft_of(report, "risk_education")


@pytest.fixture
def colleague():
    return with_phone(factories.person()).user


def lend(section, to=NEW, *, by, at=NOW, **changed):
    words = {"name": "A colleague", "language": "fr", "message": ""} | changed
    return colleagues.lend(section=section, email=to, by=by, at=at, **words)


def accept(lent, *, by=None, password=A_PASSWORD, at=NOW) -> User:
    invitation = lent.offer.invitation
    return people.accept_invitation(invitation=invitation, code=lent.code, by=by, password=password, at=at)


def again(user: User) -> User:
    """The person as the next request finds them."""
    return User.objects.get(pk=user.pk)


def keys(sections) -> list[str]:
    return sorted(section.key for section in sections)


# -- what a loan gives --------------------------------------------------------------------------------


def test_a_loan_opens_its_section_and_no_other(by, report, section, colleague):
    start(by, year=2024)
    assert not may(colleague, EDIT, section)

    lend(section, colleague.email, by=by)

    opened = [one for one in SectionDraft.objects.select_related("report") if may(colleague, EDIT, one)]
    assert opened == [section]
    assert list(visible_sections(colleague)) == list(sections_to_write(colleague)) == [section]
    assert list(lent_sections(colleague)) == [section]
    others = ("view_draft", "edit_draft", "file_report", "view_own_report", "show_draft_to_iso", "ask_to_file")
    assert [perm for perm in others if may(colleague, f"reporting.{perm}", report)] == []
    assert not may(colleague, "reporting.lend_section", section)
    assert not may(colleague, "reporting.view_state_desk", report.state)


def test_rule_and_queryset_agree_for_everyone_and_every_section(by, report):
    file(complete(start(by, year=2024), by=by), by=person())
    people_there = factories.everyone("LAO", "LBN") | {"the public": AnonymousUser()}
    sections = list(SectionDraft.objects.select_related("report__state"))

    for name, user in people_there.items():
        by_rule = {section for section in sections if may(user, EDIT, section)}
        assert set(sections_to_write(user)) == by_rule, name
    assert keys(sections_to_write(people_there["lent colleague"])) == ["risk_education"]
    here = draft_of(report, "stockpiles")
    lenders = {name for name, user in people_there.items() if may(user, "reporting.lend_section", here)}
    assert lenders == {"drafter", "approver", "head of delegation"}


def test_the_colleague_is_told_in_their_language_and_of_nothing_in_the_draft(by, section, mailoutbox):
    colleague = with_phone(factories.UserFactory(language="fr")).user
    lend(section, colleague.email, by=by, message="CANARY: the figures of the province")

    owed = OutgoingMessage.objects.get()
    outbox.deliver(pk=owed.pk, at=NOW)

    assert (owed.kind, owed.language, owed.user) == ("reporting.section_lent", "fr", colleague)
    assert [message.to for message in mailoutbox] == [[colleague.email]]
    assert "CANARY" not in mailoutbox[0].body and "/fr/lent/" in mailoutbox[0].body
    assert mailoutbox[0].body.count("http") == 1


def test_the_mail_of_a_loan_that_has_ended_does_not_leave(by, section, colleague):
    lent = lend(section, colleague.email, by=by)
    colleagues.take_back(loan=lent.loan, by=by, at=NOW)

    assert outbox.deliver(pk=OutgoingMessage.objects.get(kind="reporting.section_lent").pk, at=NOW) == "withdrawn"
    assert mail.outbox == []


def test_the_colleague_hears_in_their_language_that_the_section_is_taken_back(by, section, colleague, mailoutbox):
    lent = lend(section, colleague.email, by=by)
    colleagues.take_back(loan=lent.loan, by=by, at=NOW)
    owed = OutgoingMessage.objects.get(kind="reporting.section_taken_back")
    outbox.deliver(pk=owed.pk, at=NOW)

    assert (owed.user, owed.language, mailoutbox[0].to) == (colleague, colleague.language, [colleague.email])
    assert str(by) in mailoutbox[0].body and "CANARY" not in mailoutbox[0].body


def test_the_mail_of_a_loan_taken_back_does_not_leave_once_it_is_lent_anew(by, section, colleague):
    lent = lend(section, colleague.email, by=by)
    colleagues.take_back(loan=lent.loan, by=by, at=NOW)
    lend(section, colleague.email, by=by)

    owed = OutgoingMessage.objects.get(kind="reporting.section_taken_back")
    assert outbox.deliver(pk=owed.pk, at=NOW) == "withdrawn"


def test_the_desk_of_the_colleague_has_the_section_and_nothing_else_of_the_state(by, section, colleague):
    lend(section, colleague.email, by=by)

    items = work_items_for(again(colleague), on=NOW.date())

    assert [(item.label, item.url) for item in items] == [
        ("Write: Warning and risk education", "/my/lao-pdr/reports/2025/sections/risk_education/")
    ]


def test_the_register_tells_who_lent_what_and_holds_no_name_and_no_address(by, section, colleague):
    lent = lend(section, colleague.email, by=by)
    colleagues.take_back(loan=lent.loan, by=by, at=NOW)

    entries = list(RegisterEntry.objects.order_by("number"))
    assert [entry.action for entry in entries] == ["reporting.section.lend", "reporting.section.take_back"]
    assert [colleague.email in entry.payload or colleague.name in entry.payload for entry in entries] == [False, False]


@pytest.mark.parametrize(
    ("role", "iso3"), [(Role.DRAFTER, "LAO"), (Role.DRAFTER, "BGR"), (Role.ISO_STAFF, "iso"), (None, "")]
)
def test_some_people_are_none_to_lend_to(role, iso3, by, section):
    user = with_phone(factories.person(role, iso3)).user
    if role is None:
        people.deactivate_account(user=user, by=by, at=NOW)

    with pytest.raises(colleagues.LendRefused):
        lend(section, user.email, by=by)
    assert not SectionLoan.objects.exists() and not LoanOffer.objects.exists()


def test_a_section_is_lent_once_to_a_person(by, section, colleague):
    lend(section, colleague.email.upper(), by=by)
    with pytest.raises(colleagues.LendRefused):
        lend(section, colleague.email, by=by)
    assert SectionLoan.objects.count() == 1


def test_nothing_of_a_filed_report_is_lent(by, report, section, colleague):
    file(complete(report, by=by), by=person())
    with pytest.raises(colleagues.LendRefused):
        lend(section, colleague.email, by=by)


# -- how it ends --------------------------------------------------------------------------------------


def ended_by_taking_back(loan, by):
    colleagues.take_back(loan=loan, by=by, at=NOW)


def ended_by_closing_the_account(loan, by):
    people.deactivate_account(user=loan.user, by=by, at=NOW)


def ended_by_filing(loan, by):
    file(complete(loan.content_object.report, by=by), by=person())


@pytest.mark.parametrize("end", [ended_by_taking_back, ended_by_closing_the_account, ended_by_filing])
def test_a_loan_that_ended_gives_nothing_at_all(end, by, section, colleague):
    lent = lend(section, colleague.email, by=by)
    assert may(again(colleague), EDIT, section)

    end(lent.loan, by)

    fresh = SectionDraft.objects.select_related("report").get(pk=section.pk)
    assert not may(again(colleague), EDIT, fresh)
    assert list(visible_sections(again(colleague))) == []
    assert not grants.held_by(again(colleague))


def test_a_loan_is_taken_back_once(by, section, colleague):
    lent = lend(section, colleague.email, by=by)
    colleagues.take_back(loan=lent.loan, by=by, at=NOW)
    with pytest.raises(colleagues.LendRefused):
        colleagues.take_back(loan=lent.loan, by=by, at=NOW)


def test_only_the_own_delegation_finds_the_loan_to_take_it_back(by, section, colleague):
    lent = lend(section, colleague.email, by=by)
    found = {name for name, user in factories.everyone("LAO", "LBN").items() if lent.loan in visible_loans(user)}
    assert found == {"drafter", "approver", "head of delegation"}


# -- the known traps of grants ------------------------------------------------------------------------


def test_a_grant_dies_with_its_section_and_a_new_section_of_that_name_is_not_lent(by, report, section, colleague):
    lend(section, colleague.email, by=by)
    lend(section, by=by)

    section.delete()

    assert not SectionLoan.objects.exists() and not LoanOffer.objects.exists()
    remade = SectionDraft.objects.create(report=report, key="risk_education", updated_at=NOW, answers={"parts": {}})
    assert not may(again(colleague), EDIT, remade)
    assert list(visible_sections(again(colleague))) == []


def test_no_grant_is_left_without_its_person_or_its_section(by, section, colleague):
    lend(section, colleague.email, by=by)
    lend(section, by=by)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM reporting_sectionloan l"
            " LEFT JOIN core_user u ON u.id = l.user_id"
            " LEFT JOIN reporting_sectiondraft s ON s.id = l.content_object_id"
            " WHERE u.id IS NULL OR s.id IS NULL"
        )
        assert cursor.fetchone() == (0,)


def test_a_permission_on_the_model_opens_nothing(by, section, colleague):
    right = Permission.objects.get(codename=WRITE_LENT)
    colleague.user_permissions.add(right)
    assign_perm(f"reporting.{WRITE_LENT}", colleague)
    fresh = again(colleague)

    assert fresh.has_perm(f"reporting.{WRITE_LENT}")
    assert not may(fresh, EDIT, section)
    assert list(visible_sections(fresh)) == []


def test_another_permission_on_the_section_opens_nothing(by, section, colleague):
    other = Permission.objects.get(codename="view_sectiondraft")
    SectionLoan.objects.create(user=colleague, permission=other, content_object=section)

    assert not may(again(colleague), EDIT, section)
    assert list(visible_sections(again(colleague))) == []


def test_a_superuser_sees_nothing(by, section):
    superuser = factories.UserFactory(is_superuser=True, is_staff=True)

    assert superuser.has_perm(f"reporting.{WRITE_LENT}", section)
    assert not may(superuser, EDIT, section)
    assert list(visible_sections(superuser)) == []


# -- people without an account ------------------------------------------------------------------------


def test_whoever_has_no_account_is_invited_to_one_and_sees_nothing_before_accepting(by, section, mailoutbox):
    lent = lend(section, by=by)

    invitation = lent.offer.invitation
    assert (invitation.email, invitation.role, invitation.state, invitation.language) == (
        NEW,
        "",
        section.report.state,
        "fr",
    )
    assert not User.objects.filter(email=NEW).exists() and not SectionLoan.objects.exists()

    outbox.deliver(pk=OutgoingMessage.objects.get().pk, at=NOW)
    assert lent.code not in mailoutbox[0].body and "/fr/invitation/" in mailoutbox[0].body

    user = accept(lent)
    assert may(again(user), EDIT, section)
    assert (user.language, user.memberships.count()) == ("fr", 0)
    assert not LoanOffer.objects.exists()


def test_lending_is_one_act_in_the_register_and_accepting_another(by, section):
    accept(lend(section, by=by))
    assert list(RegisterEntry.objects.order_by("number").values_list("action", flat=True)) == [
        "reporting.section.lend",
        "core.invitation.accept",
    ]


def test_a_second_section_waits_behind_the_same_invitation(by, report, section):
    first = lend(section, by=by)
    second = lend(draft_of(report, "stockpiles"), by=by)

    assert second.offer.invitation == first.offer.invitation and second.code == ""
    assert OutgoingMessage.objects.count() == 1
    user = accept(first)
    assert keys(visible_sections(again(user))) == ["risk_education", "stockpiles"]


def test_an_account_without_a_second_factor_is_invited_too_and_keeps_its_password(by, section):
    observer = factories.person(Role.OBSERVER, "cmc")
    lent = lend(section, observer.email, by=by)
    assert not may(again(observer), EDIT, section) and lent.code

    with pytest.raises(people.PeopleRefused):
        accept(lent)
    accept(lent, by=observer)

    fresh = again(observer)
    assert may(fresh, EDIT, section)
    assert fresh.password == observer.password


def test_an_offer_that_is_taken_back_opens_nothing(by, report, section):
    lent = lend(section, by=by)
    other = lend(draft_of(report, "stockpiles"), by=by)

    colleagues.take_back(loan=lent.offer, by=by, at=NOW)
    assert people.is_open(Invitation.objects.get(), at=NOW)

    colleagues.take_back(loan=other.offer, by=by, at=NOW)
    with pytest.raises(people.PeopleRefused):
        accept(lent)
    assert not User.objects.filter(email=NEW).exists()


def test_filing_withdraws_what_was_offered(by, report, section):
    lent = lend(section, by=by)
    file(complete(report, by=by), by=person())

    with pytest.raises(people.PeopleRefused):
        accept(lent)
    assert not LoanOffer.objects.exists()
    assert not User.objects.filter(email=NEW).exists()


def test_filing_one_report_leaves_what_is_offered_of_another(by, report, section):
    other = draft_of(start(by, year=2024), "stockpiles")
    first = lend(section, by=by)
    lend(other, by=by)
    file(complete(report, by=by), by=person())

    user = accept(first)
    assert keys(visible_sections(again(user))) == ["stockpiles"]


def test_an_invitation_that_ran_out_makes_room_for_a_new_one(by, section):
    first = lend(section, by=by)
    later = NOW + people.OPEN_FOR + timedelta(days=1)

    second = lend(section, by=by, at=later)

    assert second.offer.invitation != first.offer.invitation and second.code
    assert list(LoanOffer.objects.all()) == [second.offer]
    with pytest.raises(people.PeopleRefused):
        accept(first, at=later)


def test_whoever_lent_and_left_has_no_open_invitation(by, section):
    lent = lend(section, by=by)
    membership = by.memberships.get()
    head = person(Role.HEAD_OF_DELEGATION)
    people.end_membership(membership=membership, by=head, at=NOW, version=membership.version)

    with pytest.raises(people.PeopleRefused):
        accept(lent)


def test_an_invitation_without_a_role_is_in_no_list_of_people(by, section):
    lent = lend(section, by=by)
    seen = {
        name
        for name, user in factories.everyone("LAO", "LBN").items()
        if lent.offer.invitation in visible_invitations(user)
    }
    assert seen == set()


@pytest.mark.django_db(transaction=True)
def test_eight_acceptances_at_once_give_one_loan(by, section):
    lent = lend(section, by=by)
    start_together = threading.Barrier(8)
    outcomes = []

    def run():
        start_together.wait()
        try:
            accept(lent)
            outcomes.append("accepted")
        except people.PeopleRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(outcomes) == ["accepted"] + ["refused"] * 7
    assert SectionLoan.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_accepts_while_the_report_is_filed_holds_nothing_afterwards(by, report, section, monkeypatch):
    complete(report, by=by)
    approver = person()
    lent = lend(section, by=by)
    accepting, outcomes = threading.Event(), {}

    def slowly(invitation, user, at):
        """Behind the locks of an acceptance: the filing comes meanwhile."""
        accepting.set()
        time.sleep(0.7)
        return 0

    monkeypatch.setattr(grants, "_waiting", [slowly, *grants._waiting])

    def run(name, act):
        try:
            outcomes[name] = type(act()).__name__
        except Exception as wrong:
            outcomes[name] = type(wrong).__name__
        finally:
            connection.close()

    def filing():
        accepting.wait(5)
        return file(report, by=approver)

    acts = {"accepts": lambda: accept(lent), "files": filing}
    threads = [threading.Thread(target=run, args=act) for act in acts.items()]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert outcomes == {"accepts": "User", "files": "ReportVersion"}
    assert not SectionLoan.objects.exists() and not LoanOffer.objects.exists()


# -- the second factor --------------------------------------------------------------------------------


def test_whoever_holds_a_grant_needs_a_second_factor_until_it_ends(by, section):
    observer = factories.person(Role.OBSERVER, "cmc")
    assert not again(observer).needs_second_factor

    accept(lend(section, observer.email, by=by), by=observer)
    assert again(observer).needs_second_factor

    colleagues.take_back(loan=SectionLoan.objects.get(), by=by, at=NOW)
    assert not again(observer).needs_second_factor


def test_an_account_that_holds_a_grant_is_neither_unfinished_nor_stripped_of_its_factor(by, section, colleague):
    lend(section, colleague.email, by=by)
    colleague.authenticator_set.all().delete()

    assert not people.is_unfinished(again(colleague), on=NOW.date())
    with pytest.raises(people.PeopleRefused):
        people.forget_factors(user=colleague, by=factories.person(Role.ISO_STAFF), at=NOW)


def test_every_table_of_grants_is_known_to_the_kernel():
    assert set(grants.tables()) == {
        CasePlace,
        ChairPlace,
        RequestPlace,
        RoundPlace,
        SectionLoan,
        TermPerson,
        WorkspacePlace,
    }


def test_comments_are_seen_by_those_who_write_the_section_and_never_by_the_iso(by, report, section):
    drafts.show_to_iso(report=report, shown=True, by=person(), at=NOW)
    DraftComment.objects.create(section=section, text="Here", written_by=by, written_at=NOW)
    DraftComment.objects.create(section=draft_of(report, "stockpiles"), text="There", written_by=by, written_at=NOW)

    seen = {
        name: sorted(visible_comments(user).values_list("text", flat=True))
        for name, user in factories.everyone("LAO", "LBN").items()
    }
    assert {name: texts for name, texts in seen.items() if texts} == {
        "drafter": ["Here", "There"],
        "approver": ["Here", "There"],
        "head of delegation": ["Here", "There"],
        "lent colleague": ["Here"],
    }
