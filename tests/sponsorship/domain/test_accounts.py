"""Reports on a round: each figure is the ledger's, nobody is named, and what was issued stays."""

import json
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Sum
from django.utils import translation
from openpyxl import load_workbook

from ccm_portal.core.enums import Role
from ccm_portal.core.models import Organisation, OutgoingMessage, RegisterEntry
from committees.domain.said import WorkRefused
from committees.enums import Gender
from meetings.models import NeighbourMeeting
from sponsorship.domain import account_files, account_paper, account_words, accounts, funds, round_money, settlement
from sponsorship.domain.account_words_meeting import told
from sponsorship.enums import AccountKind, CostKind, OfferStatus, RoundStatus, TicketStatus
from sponsorship.models import ActualCost, IssuedAccount, ObserverProgramme, Posting, TravelFile
from tests.factories import person, state
from tests.meetings.factories import meeting
from tests.sponsorship.factories import AT, a_contribution, a_rate, a_round, an_application, an_offer, received

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    """Two donors in two currencies; three travel from Chad and Lao PDR, a fourth does not come, and all is paid but one
    hotel. Chad's money is Norway's, which is for least developed countries."""
    a_rate("NOK", "CHF", "0.08")
    a_rate("USD", "CHF", "0.7913")
    neighbour = NeighbourMeeting.objects.create(
        key="mbt", instrument="apmbc", title="Meeting on mines", starts=date(2027, 9, 6), ends=date(2027, 9, 8)
    )
    round = a_round(meeting(), status=RoundStatus.ANNOUNCED, announced_at=AT, shared_with=neighbour)
    swiss = received(a_contribution(state("CHE"), reference="=cmd()"), "9000.35")
    norse = received(a_contribution(state("NOR"), "NOK"), "60000", least_developed=None)
    officer = person(Role.SPONSORSHIP_OFFICER, "gichd")
    offers = []
    for iso3, people, gender in (("TCD", 2, Gender.WOMAN), ("LBN", 2, Gender.MAN)):
        for nominee in an_application(round, state(iso3), people=people).nominees.order_by("rank"):
            nominee.gender = gender
            nominee.save()
            offer = an_offer(nominee, status=OfferStatus.TRAVELLED)
            funds.hold(offer, by=None, at=AT)
            offers.append(offer)
    absent = offers[-1]
    absent.status, absent.absence_excused, absent.ticket_status = OfferStatus.NO_SHOW, False, TicketStatus.LOST
    absent.save()
    TravelFile.objects.create(
        offer=offers[0], arrives=round.meeting.starts - timedelta(days=30), departs=round.meeting.ends
    )
    for number, offer in enumerate(offers):
        for kind, amount, currency in ((CostKind.TICKET, "1111.11", "USD"), (CostKind.ALLOWANCE, "299.99", "CHF")):
            offer.refresh_from_db()
            settlement.enter_cost(
                offer=offer,
                kind=kind,
                amount=Decimal(amount),
                currency=currency,
                paid_on=AT.date(),
                reference=f"R{number}",
                version=offer.version,
                by=officer,
                at=AT,
            )
    return SimpleNamespace(round=round, swiss=swiss, norse=norse, officer=officer, offers=offers)


def ledger_sum(kind, contribution=None, **which):
    found = Posting.objects.filter(account__kind=kind, **which)
    if contribution:
        found = found.filter(account__contribution=contribution)
    return found.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def issue(scene, contribution=None, at=AT):
    seen = accounts.fingerprint(accounts.draft(scene.round, contribution, at=at))
    return accounts.issue(round=scene.round, contribution=contribution, seen=seen, by=scene.officer, at=at)


@pytest.mark.parametrize("who", ["swiss", "norse"])
def test_every_figure_of_a_donors_report_is_the_ledgers(scene, who):
    donor = getattr(scene, who)
    content = accounts.draft(scene.round, donor, at=AT)

    here = {"entry__round": scene.round}
    spent, held = ledger_sum(AccountKind.SPENT, donor, **here), ledger_sum(AccountKind.HELD, donor, **here)
    assert {name: Decimal(amount) for name, amount in content["money"].items()} == {
        "pledged": 0,
        "received": -ledger_sum(AccountKind.DONOR, donor),
        "returned": 0,
        "free": ledger_sum(AccountKind.FREE, donor),
        "held": held,
        "spent": spent,
        "elsewhere": 0,
        "exchanged": 0,
    }
    assert spent > 0 and held > 0
    for part in ("kinds", "regions"):
        assert sum(Decimal(row["spent"]) for row in content[part]) == spent
        assert sum(Decimal(row["worth"]) for row in content[part]) == Decimal(content["worth"]["spent"])
    for kind in CostKind:
        told_ = next((Decimal(row["spent"]) for row in content["kinds"] if row["kind"] == kind), 0)
        assert told_ == ledger_sum(AccountKind.SPENT, donor, entry__cost__kind=kind)
    assert "Delegate" not in json.dumps(content)


def test_a_donors_report_counts_the_people_its_money_went_to_and_no_others(scene):
    content = accounts.draft(scene.round, scene.norse, at=AT)

    assert {name: content["people"][name] for name in ("all", "women", "men", "states", "least_developed")} == {
        "all": 2,
        "women": 2,
        "men": 0,
        "states": 1,
        "least_developed": 2,
    }


def test_the_report_to_the_meeting_adds_up_to_what_all_donors_paid(scene):
    content = accounts.draft(scene.round, None, at=AT)

    paid = ActualCost.objects.aggregate(sum=Sum("worth"))["sum"]
    assert Decimal(content["money"]["spent"]) == paid
    assert sum(Decimal(row["worth"]) for row in content["kinds"]) == paid
    assert sum(Decimal(row["worth"]) for row in content["regions"]) == paid
    assert sum(Decimal(row["worth"]) for row in content["contributions"]) == paid
    assert content["offers"]["travelled"] == 3 and content["absent"] == {"excused": 0, "counted": 1}
    assert content["people"]["women"] == 2 and content["tickets"]["lost"] == 1
    ticket = ActualCost.objects.get(offer=scene.offers[0], kind=CostKind.TICKET)
    assert content["savings"] == {
        "neighbour": "mbt",
        "title": "Meeting on mines",
        "people": 1,
        "worth": str(ticket.worth),
    }


def test_a_donor_who_asked_is_not_named_and_observers_programmes_stand_apart(scene):
    ObserverProgramme.objects.create(
        round=scene.round, organisation=Organisation.objects.get(key="cmc"), persons=7, noted_at=AT
    )
    accounts.name_donor(contribution=scene.norse, named=False, by=scene.officer, at=AT)

    report = told(accounts.draft(scene.round, None, at=AT), scene.round)

    tables = {table.title: table for table in report.tables}
    assert [row[0] for row in tables["Contributions"].rows] == ["Switzerland", "Donors who asked not to be named"]
    assert [row[1] for row in tables["Observers’ own programmes"].rows] == [7]
    assert dict(report.numbers)["People who came"] == "3"


def test_what_is_issued_stays_is_numbered_and_a_corrected_one_is_the_next(scene):
    donor = person(Role.APPROVER, "CHE")
    first = issue(scene, scene.swiss)
    with pytest.raises(WorkRefused, match="Nothing changed since report number 1"):
        issue(scene, scene.swiss, at=AT + timedelta(hours=1))
    received(scene.swiss, 10)
    second = issue(scene, scene.swiss, at=AT + timedelta(hours=1))

    assert [first.number, second.number, issue(scene).number] == [1, 2, 1]
    with pytest.raises(DatabaseError), transaction.atomic():
        IssuedAccount.objects.update(number=9)
    mails = OutgoingMessage.objects.filter(kind="sponsorship.account_issued")
    assert [(mail.user, mail.ids) for mail in mails.order_by("pk")] == [
        (donor, {"account": first.pk}),
        (donor, {"account": second.pk}),
    ]
    last = RegisterEntry.objects.filter(action="sponsorship.issuedaccount.issue").order_by("-number").first()
    assert "9000" not in last.payload


def test_figures_that_moved_since_the_page_was_opened_are_not_issued(scene):
    seen = accounts.fingerprint(accounts.draft(scene.round, scene.swiss, at=AT))
    received(scene.swiss, 10)

    with pytest.raises(accounts.FiguresChanged):
        accounts.issue(round=scene.round, contribution=scene.swiss, seen=seen, by=scene.officer, at=AT)
    assert not IssuedAccount.objects.exists()


def test_nothing_is_issued_before_the_round_is_announced(scene):
    scene.round.status = RoundStatus.DECIDED
    scene.round.save()

    with pytest.raises(WorkRefused, match="once the round is announced"):
        issue(scene, scene.swiss)


def test_the_spreadsheet_has_the_same_sums_and_no_cell_runs(scene):
    issued = issue(scene, scene.norse)
    content = accounts.content_of(issued)

    book = load_workbook(BytesIO(account_files.xlsx(issued, "en", mark="CCM")))

    kinds = book["Spent, by kind of cost"]
    rows = [[cell.value for cell in row] for row in kinds.iter_rows()]
    assert rows[0] == ["Cost", "NOK", "Currency", "CHF", "Currency"]
    assert Decimal(str(rows[-1][1])) == Decimal(content["money"]["spent"])
    assert Decimal(str(rows[-1][3])) == Decimal(content["worth"]["spent"])
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {
        "s",
        "n",
        "d",
        "inlineStr",
    }


def test_a_report_in_arabic_is_drawn_and_kept(scene):
    issued = issue(scene)

    kept = account_files.pdf_file(issued, "ar", is_demonstration=False)

    assert kept.name.endswith("-sponsorship-report-1-ar.pdf") and kept.size > 5000
    assert account_files.pdf_file(issued, "ar", is_demonstration=False) == kept


def test_the_report_to_the_meeting_becomes_its_paper_once(scene):
    issued = issue(scene)

    paper = account_paper.enter(issued=issued, language="en", by=scene.officer, at=AT, is_demonstration=False)

    assert paper == account_paper.paper_of(issued) and paper.symbol
    assert paper.texts.get().published_at == AT
    with pytest.raises(WorkRefused, match="already"):
        account_paper.enter(issued=issued, language="fr", by=scene.officer, at=AT, is_demonstration=False)


def test_the_money_of_a_round_costs_the_same_queries_for_one_donor_and_for_three(scene, django_assert_num_queries):
    with translation.override("en"), django_assert_num_queries(5):
        round_money.of_round(scene.round, on=AT.date())
    received(a_contribution(state("NZL"), "NZD"), 500)
    with django_assert_num_queries(5):
        found = round_money.of_round(scene.round, on=AT.date())
    assert found.unknown == ["NZD"]
    assert account_words.Amount(None, "NZD").value is None
