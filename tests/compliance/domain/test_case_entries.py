"""The time line of a case: who reads what, two who write at once, the State that is heard."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ccm_portal.core.models import OutgoingMessage, RegisterEntry
from committees.domain.said import WorkChanged, WorkRefused
from compliance import fence
from compliance.domain import case_entries
from compliance.domain.case_acts import CaseRefused
from compliance.domain.case_entries import Attached
from compliance.enums import Access, CaseStatus, EntryKind, EntryReaders, Side
from compliance.models import CaseEntry, CasePlace, ComplianceCase
from compliance.rules import visible_entries
from compliance.rules_casework import visible_files
from tests.compliance import factories_cases as made
from tests.compliance import factories_casework as work

pytestmark = pytest.mark.django_db
AT = made.AT


def read_by(user, case):
    return set(visible_entries(user, case).values_list("text", flat=True))


def test_each_reads_the_entries_that_are_for_them_and_the_files_on_those():
    case = made.a_case()
    people = {
        "leads": case.opened_by,
        "writes": made.named(case, access=Access.WRITE),
        "reads": made.named(case),
        "chosen": made.named(case),
        "concerned": made.named(case, side=Side.CONCERNED, access=Access.WRITE),
    }
    for readers in EntryReaders.values:
        chosen = (people["chosen"],) if readers == EntryReaders.CHOSEN else ()
        letter = [Attached(title=f"{readers}.txt", content=b"A letter.")]
        work.an_entry(case, by=people["writes"], text=readers, readers=readers, chosen=chosen, attached=letter)
    work.an_entry(case, text="lead only", readers=EntryReaders.LEAD)

    read = {kind: read_by(user, case) for kind, user in people.items()}
    files = {kind: {row.title for row in visible_files(user, case)} for kind, user in people.items()}

    assert read == {
        "leads": {"lead", "chosen", "team", "all", "lead only"},
        "writes": {"lead", "chosen", "team", "all"},
        "reads": {"team", "all"},
        "chosen": {"chosen", "team", "all"},
        "concerned": {"all"},
    }
    assert files == {kind: {f"{text}.txt" for text in seen - {"lead only"}} for kind, seen in read.items()}


def test_a_stored_file_says_nothing_of_the_case():
    case = made.a_case()
    work.an_entry(case, attached=[Attached(title="Letter about Peru.txt", content=b"A letter.")])
    assert [row.file.name for row in visible_files(case.opened_by, case)] == ["file.txt"]


def test_the_second_of_two_who_write_at_once_is_told_and_sees_what_the_first_wrote():
    case = made.a_case()
    entry = work.an_entry(case)
    other = made.named(case, access=Access.WRITE)
    case_entries.edit_entry(entry=entry, given=work.given(text="The first"), version=1, by=case.opened_by, at=AT)

    with pytest.raises(WorkChanged) as refusal:
        case_entries.edit_entry(entry=entry, given=work.given(text="The second"), version=1, by=other, at=AT)

    assert refusal.value.now.text == "The first"
    assert read_by(other, case) == {"The first"}


def test_whoever_lost_the_place_writes_nothing_any_more():
    case = made.a_case()
    writer = made.named(case, access=Access.WRITE)
    entry = work.an_entry(case, by=writer)
    with fence.reading_as(case.opened_by):
        CasePlace.objects.filter(user=writer).delete()

    with pytest.raises(ComplianceCase.DoesNotExist):
        work.an_entry(case, by=writer, text="Too late")
    with pytest.raises(ComplianceCase.DoesNotExist):
        case_entries.edit_entry(entry=entry, given=work.given(text="Too late"), version=1, by=writer, at=AT)
    assert read_by(case.opened_by, case) == {"They will look into it."}


def test_an_entry_that_may_not_be_read_may_not_be_written():
    case = made.a_case()
    entry = work.an_entry(case, readers=EntryReaders.LEAD)
    writer = made.named(case, access=Access.WRITE)
    with pytest.raises(ComplianceCase.DoesNotExist):
        case_entries.say(entry=entry, sayable="Seen", version=1, by=writer, at=AT)


def test_only_who_wrote_an_entry_and_who_leads_show_it_to_others():
    case = made.a_case()
    writer, other = (made.named(case, access=Access.WRITE) for _ in range(2))
    entry = work.an_entry(case, by=writer)
    readers = EntryReaders.ALL
    with pytest.raises(PermissionDenied):
        case_entries.set_readers(entry=entry, readers=readers, version=1, by=other, at=AT)
    case_entries.set_readers(entry=entry, readers=readers, version=1, by=case.opened_by, at=AT)
    case_entries.set_readers(entry=entry, readers=EntryReaders.LEAD, version=2, by=writer, at=AT)
    assert read_by(other, case) == set()


def test_nobody_of_the_state_concerned_is_chosen_and_no_day_ahead_is_written():
    case = made.a_case()
    concerned = made.named(case, side=Side.CONCERNED)
    refused = 0
    for wrong in (
        {"readers": EntryReaders.CHOSEN, "chosen": (concerned,)},
        {"readers": EntryReaders.CHOSEN, "chosen": ()},
        {"on": AT.date() + timedelta(1)},
        {"kind": EntryKind.REPLY},
    ):
        try:
            work.an_entry(case, **wrong)
        except CaseRefused:
            refused += 1
    assert (refused, read_by(case.opened_by, case)) == (4, set())


def test_the_first_contact_begins_the_informal_track():
    case = made.a_case()
    work.an_entry(case, kind=EntryKind.NOTE)
    noted = made_anew(case).status
    work.an_entry(case)
    assert (noted, made_anew(case).status) == (CaseStatus.NOTED, CaseStatus.CLARIFYING)


def test_the_state_replies_to_what_it_saw_and_the_team_is_told_without_a_word_of_the_case():
    case = made.a_case()
    concerned = made.named(case, side=Side.CONCERNED, access=Access.WRITE)
    concern = work.a_concern(case)
    changed = replace(work.given(), text="Has it been surveyed since 2020?")
    case_entries.edit_entry(entry=concern, given=changed, version=1, by=case.opened_by, at=AT)
    with pytest.raises(case_entries.ConcernChanged):
        case_entries.reply(concern=concern, text="It has.", version=1, by=concerned, at=AT)

    reply = case_entries.reply(concern=concern, text="It has.", version=2, by=concerned, at=AT)

    with pytest.raises(CaseRefused):
        case_entries.edit_entry(entry=concern, given=changed, version=2, by=case.opened_by, at=AT)
    with pytest.raises(PermissionDenied):
        case_entries.edit_entry(entry=reply, given=changed, version=1, by=case.opened_by, at=AT)
    assert (reply.readers, reply.with_whom, reply.answers_id) == ("all", "", concern.pk)
    owed = OutgoingMessage.objects.filter(kind="compliance.news").order_by("pk")
    assert [message.user for message in owed] == [concerned, case.opened_by]


def test_the_team_notes_a_reply_that_came_on_another_way_and_says_on_which():
    case = made.a_case()
    concern = work.a_concern(case)
    with pytest.raises(WorkRefused, match="how the reply came"):
        case_entries.reply(concern=concern, text="It has.", version=1, by=case.opened_by, at=AT)
    case_entries.reply(concern=concern, text="It has.", version=1, came_by="A note", by=case.opened_by, at=AT)
    assert visible_entries(case.opened_by, case).filter(answers=concern, with_whom="A note").exists()


def test_who_only_reads_for_the_state_concerned_does_not_reply():
    case = made.a_case()
    reader = made.named(case, side=Side.CONCERNED)
    with pytest.raises(PermissionDenied):
        case_entries.reply(concern=work.a_concern(case), text="It has.", version=1, by=reader, at=AT)


def test_every_act_stands_on_the_chain_of_the_case_alone_and_without_its_words():
    case = made.a_case()
    before = RegisterEntry.objects.filter(chain="main").count()
    entry = work.an_entry(case, text="CANARY", with_whom="CANARY")
    case_entries.say(entry=entry, sayable="CANARY", version=1, by=case.opened_by, at=AT)
    with fence.reading_as(case.opened_by):
        acts = list(RegisterEntry.objects.filter(chain=case.register_chain).order_by("number"))
    assert [act.action.rsplit(".", 1)[1] for act in acts] == ["open", "add_entry", "say"]
    assert not any("CANARY" in act.payload for act in acts)
    assert RegisterEntry.objects.filter(chain="main").count() == before


def made_anew(case):
    with fence.reading_as(case.opened_by):
        return ComplianceCase.objects.get(pk=case.pk)


def test_without_a_reader_the_database_shows_no_entry():
    case = made.a_case()
    work.an_entry(case)
    fence.let_in(None)
    assert not CaseEntry.objects.exists()
