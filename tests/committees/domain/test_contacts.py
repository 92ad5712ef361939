"""Contacts between meetings: with whom, when, about what, and the next step."""

from datetime import date

import pytest

from ccm_portal.core.models import Organisation, RegisterEntry
from committees.domain import contacts
from committees.domain.owners import Owner
from committees.domain.said import WorkChanged, WorkRefused
from committees.models import Contact, FollowUp
from tests.committees import factories, work
from tests.factories import state

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return factories.leader("clearance", "LAO")


def test_a_contact_is_noted_with_its_next_step(leader):
    step = work.step("Send the form", Owner(account=leader), date(2026, 12, 1))
    contact = work.contact(leader, states=(state("TCD"),), others="", text="They will ask for time.", step=step)

    follow_up = FollowUp.objects.get()
    assert contacts.sides_of(contact) == ["Chad"]
    assert (follow_up.what, follow_up.owner, follow_up.due) == ("Send the form", leader, date(2026, 12, 1))
    assert (follow_up.contact, follow_up.state) == (contact, state("TCD"))


def test_the_register_says_neither_with_whom_nor_about_what(leader):
    work.contact(leader, states=(state("TCD"),), others="", about="Their request")

    act = RegisterEntry.objects.get()
    assert act.action == "committees.contact.note"
    assert "Chad" not in act.payload and "TCD" not in act.payload and "request" not in act.payload


def test_several_sides_are_multilateral(leader):
    both = (state("TCD"), state("MRT"))

    with pytest.raises(WorkRefused, match="A bilateral contact is with one side"):
        work.contact(leader, states=both, others="")
    several = work.contact(
        leader,
        kind="multilateral",
        states=both,
        organisations=(Organisation.objects.get(key="icrc"),),
        others="two donors",
    )
    assert contacts.sides_of(several)[2:] == ["International Committee of the Red Cross", "two donors"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"others": " "}, "Say with whom it was"),
        ({"held_on": date(2026, 11, 25)}, "This day is still to come"),
        ({"about": ""}, "Say what it was about"),
        ({"others": "x" * 201}, "Write at most 200 characters."),
    ],
)
def test_what_a_contact_must_say_is_said_in_words(leader, fields, sentence):
    with pytest.raises(WorkRefused, match=sentence):
        work.contact(leader, **fields)
    assert Contact.objects.count() == 0


def test_what_was_changed_meanwhile_is_not_written_over(leader):
    contact = work.contact(leader)
    contacts.edit_contact(contact=contact, told=work.told(about="Theirs"), version=1, by=leader, at=work.AT)

    with pytest.raises(WorkChanged):
        contacts.edit_contact(contact=contact, told=work.told(about="Mine"), version=1, by=leader, at=work.AT)
    assert Contact.objects.get().about == "Theirs"
