"""The President's report: it drafts itself from what may be said, nothing restricted is agreed, and what is issued has
the agreed words alone."""

import json
import subprocess
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ccm_portal.core.models import Membership, RegisterEntry, User
from ccm_portal.core.workflow import TransitionRefused
from committees.domain.said import WorkChanged
from compliance import fence
from compliance.domain import case_entries, case_people, president_report, report_issue, report_second
from compliance.domain.case_acts import CaseRefused
from compliance.domain.case_entries import Attached, Given
from compliance.domain.cases import SourceGiven
from compliance.domain.restricted import held_word
from compliance.enums import Access, EntryReaders, Protection, Side
from compliance.models import PresidentReport, ReportPassage
from compliance.rules_account import visible_accounts, visible_passages
from tests.compliance import factories_cases as made
from tests.meetings import factories as meetings
from tests.papers import PDF

pytestmark = pytest.mark.django_db
AT = made.AT + timedelta(hours=1)
CANARY = "CANARY-K1-77f3"


def entry(case, sayable, *, text="Spoken.", with_whom="", readers=EntryReaders.TEAM, by=None, attached=()):
    given = Given(kind="call", on=date(2026, 11, 19), text=text, with_whom=with_whom, readers=readers, sayable=sayable)
    return case_entries.add_entry(case=case, given=given, attached=attached, by=by or case.opened_by, at=made.AT)


def passages_of(account, by):
    with fence.reading_as(by):
        return list(visible_passages(by, account))


def now(account):
    with fence.reading_as(account.lead):
        return PresidentReport.objects.select_related("meeting").get(pk=account.pk)


def agreed(account, lead, reader):
    """Every passage agreed to, and seen by a second reader."""
    for passage in passages_of(account, lead):
        president_report.agree_passage(passage=passage, version=passage.version, by=lead, at=AT)
    account = now(account)
    account = report_second.send(account=account, reader=reader, version=account.version, by=lead, at=AT)
    return report_second.agree(account=account, version=account.version, by=reader, at=AT)


def issued(account, lead):
    return report_issue.issue(
        account=now(account), language="en", symbol="CCM/MSP/2027/9", version=account.version, by=lead, at=AT,
        is_demonstration=False,
    )  # fmt: skip


def test_it_drafts_itself_from_what_may_be_said_by_state_and_case():
    lead = made.president()
    peru, chad = made.a_case(lead), made.a_case(lead, iso3="TCD")
    other = made.a_case(made.president("HRV"))
    entry(peru, "We spoke.")
    entry(peru, "")
    entry(chad, "A letter came.")
    entry(other, "Somebody else’s.")
    account = president_report.begin(meeting=meetings.meeting(), by=lead, at=AT)
    told = [(one.case, one.heading, one.words, one.status) for one in passages_of(account, lead)]
    heading = "Article 4: clearance"
    assert told == [(chad, heading, "A letter came.", "proposed"), (peru, heading, "We spoke.", "proposed")]
    with pytest.raises(CaseRefused, match="begun already"):
        president_report.begin(meeting=account.meeting, by=other.opened_by, at=AT)


def test_the_next_president_goes_on_with_the_draft_of_one_who_acts_for_nobody_any_more():
    old, new = made.president(), made.president("BGR")
    left, own = made.a_case(old), made.a_case(new, iso3="TCD")
    entry(left, "We spoke.")
    entry(own, "A letter came.")
    begun = president_report.begin(meeting=meetings.meeting(), by=old, at=AT)
    Membership.objects.filter(user=old).update(ends=made.AT.date())
    taken = president_report.begin(meeting=begun.meeting, by=new, at=AT)

    assert (taken.pk, taken.lead, list(visible_accounts(User.objects.get(pk=old.pk)))) == (begun.pk, new, [])
    assert [one.words for one in passages_of(taken, new)] == ["A letter came."]
    case_people.take_over(by=new, at=AT)
    president_report.refresh(account=now(taken), version=taken.version, by=new, at=AT)
    assert [one.words for one in passages_of(taken, new)] == ["A letter came.", "We spoke."]


def test_no_passage_is_agreed_that_holds_a_restricted_word_however_it_is_written():
    lead = made.president()
    case = made.a_case(
        lead,
        restricted_words=["Puente Viejo"],
        sources=[
            SourceGiven(name="Observadores del Río", protection=Protection.TEAM),
            SourceGiven(name="The Monitor", protection=Protection.OPEN),
        ],
    )
    entry(case, "The President spoke.", with_whom="Ana Quispe, deputy director")
    entry(case, "", with_whom="Counsellor Diaz", readers=EntryReaders.ALL)
    account = president_report.begin(meeting=meetings.meeting(), by=lead, at=AT)
    refused = {}
    for words in (
        "near PUENTE-VIEJO",
        "as observadores del rio say",
        "with Ana Quispe",
        "The Monitor and Counsellor Diaz said so",
    ):
        passage = passages_of(account, lead)[0]
        passage = president_report.redact(
            passage=passage, heading="", words=words, version=passage.version, by=lead, at=AT
        )
        try:
            president_report.agree_passage(passage=passage, version=passage.version, by=lead, at=AT)
        except CaseRefused as refusal:
            refused[words] = str(refusal).split("”")[0][1:]
    assert refused == {
        "near PUENTE-VIEJO": "Puente Viejo",
        "as observadores del rio say": "Observadores del Río",
        "with Ana Quispe": "Ana Quispe",
    }
    account = now(account)
    with pytest.raises(CaseRefused, match="Puente Viejo"):
        president_report.say_around(
            account=account, opening="Of Puente Viejo.", closing="", version=account.version, by=lead, at=AT
        )
    assert (held_word("Visit to Australia", ["Ali"]), held_word("Ali said", ["Ali"])) == ("", "Ali")


def test_the_second_reader_is_named_in_every_case_and_sees_what_is_in_it_alone():
    lead = made.president()
    first, second = made.a_case(lead), made.a_case(lead, iso3="TCD")
    reader = made.named(first)
    entry(first, "One.")
    entry(second, "Two.")
    account = president_report.begin(meeting=meetings.meeting(), by=lead, at=AT)
    for passage in passages_of(account, lead):
        president_report.agree_passage(passage=passage, version=passage.version, by=lead, at=AT)
    account = now(account)
    send = {"account": account, "version": account.version, "by": lead, "at": AT}
    with pytest.raises(CaseRefused, match="not named in each matter"):
        report_second.send(reader=reader, **send)
    state = made.named(first, side=Side.CONCERNED, access=Access.WRITE)
    with pytest.raises(CaseRefused, match="not named in each matter"):
        report_second.send(reader=state, **send)
    out = passages_of(account, lead)[0]
    president_report.leave_out(passage=out, version=out.version, by=lead, at=AT)
    with pytest.raises(WorkChanged):
        report_second.send(reader=reader, **send)
    account = now(account)
    account = report_second.send(account=account, reader=reader, version=account.version, by=lead, at=AT)
    assert [one.words for one in passages_of(account, reader)] == ["One."]
    with pytest.raises(PermissionDenied):
        report_second.agree(account=account, version=account.version, by=lead, at=AT)
    with pytest.raises(TransitionRefused):
        issued(account, lead)


def test_a_report_shows_to_its_two_readers_alone_also_where_the_filter_is_forgotten():
    lead = made.president()
    case = made.a_case(lead)
    entry(case, "One.")
    account = president_report.begin(meeting=meetings.meeting(), by=lead, at=AT)
    stranger = made.president("HRV")
    with fence.reading_as(stranger):
        seen = (PresidentReport.objects.count(), ReportPassage.objects.count(), visible_accounts(stranger).count())
        chain = RegisterEntry.objects.filter(chain=account.register_chain).count()
    assert (*seen, chain) == (0, 0, 0, 0)
    account = report_second.hand_over(account=now(account), to=stranger, version=account.version, by=lead, at=AT)
    with fence.reading_as(lead):
        assert visible_accounts(lead).count() == 0
    account = president_report.refresh(account=account, version=account.version, by=stranger, at=AT)
    assert passages_of(account, stranger) == []


def test_what_is_issued_holds_the_agreed_words_alone():
    lead = made.president()
    case = made.a_case(
        lead,
        title=f"{CANARY} title",
        facts=f"{CANARY} facts",
        restricted_words=[f"{CANARY} word"],
        sources=[
            SourceGiven(name=f"{CANARY} source {at}", said=f"{CANARY} said", reference=f"{CANARY} ref", protection=at)
            for at in Protection.values
        ],
    )
    reader = made.named(case, access=Access.WRITE)
    entry(
        case,
        "The President spoke with the State.",
        text=f"{CANARY} text",
        with_whom=f"{CANARY} whom",
        attached=[Attached(title=f"{CANARY} file", content=PDF)],
    )
    entry(case, "Left out by the President.", text=f"{CANARY} other", readers=EntryReaders.LEAD)
    account = president_report.begin(meeting=meetings.meeting(), by=lead, at=AT)
    out = passages_of(account, lead)[1]
    president_report.leave_out(passage=out, version=out.version, by=lead, at=AT)
    account = now(account)
    president_report.say_around(
        account=account, opening="The President reports.", closing="", version=account.version, by=lead, at=AT
    )
    kept = [one for one in passages_of(account, lead) if one.pk != out.pk]
    president_report.agree_passage(passage=kept[0], version=kept[0].version, by=lead, at=AT)
    account = now(account)
    account = report_second.send(account=account, reader=reader, version=account.version, by=lead, at=AT)
    account = report_second.agree(account=account, version=account.version, by=reader, at=AT)
    told = issued(account, lead)
    content = json.loads(told.content)
    assert {name: content[name] for name in ("title", "opening", "sections", "closing")} == {
        "title": "Report of the President on compliance",
        "opening": "The President reports.",
        "sections": [{"heading": "Article 4: clearance", "passages": ["The President spoke with the State."]}],
        "closing": "",
    }
    text = told.document.texts.get()
    with text.file.file.open() as file:
        paper = subprocess.run(["pdftotext", "-", "-"], input=file.read(), capture_output=True, check=True).stdout
    words = " ".join(paper.decode().split())
    assert "The President spoke with the State." in words
    assert [word for word in (CANARY, "Left out", "Peru", lead.name, reader.name) if word in words + told.content] == []
    assert (told.document.symbol, told.document.status) == ("CCM/MSP/2027/9", "published")
