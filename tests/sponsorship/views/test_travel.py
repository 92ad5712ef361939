"""The pages of journeys, as an officer and a State's delegate press through them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from sponsorship.domain import personal_links, sealing, travel
from sponsorship.enums import DutyKind, OfferStatus, RoundStatus, SealedKind, TicketStatus, VisaStatus
from sponsorship.models import Duty, Offer, TravelFile
from sponsorship.personal_links import token_of
from tests.factories import person, state
from tests.meetings.factories import meeting
from tests.sponsorship.factories import AT, a_round, an_application, an_offer
from tests.sponsorship.sealed import CANARY, HEALTH, PASSPORT
from tests.support import sign_in

pytestmark = pytest.mark.django_db
ORIGIN = {"origin": "http://testserver"}


@pytest.fixture
def officer(client):
    found = person(Role.SPONSORSHIP_OFFICER)
    sign_in(client, found)
    return found


@pytest.fixture
def round():
    """Of a meeting that begins in 30 days, so that a visa of 40 days is late."""
    starts = clock.today() + timedelta(days=30)
    its = meeting(starts=starts, ends=starts + timedelta(days=3), year=starts.year)
    return a_round(its, status=RoundStatus.ANNOUNCED, announced_at=AT, visa_days=40)


def a_journey(round, iso3="LAO"):
    offer = an_offer(an_application(round, state(iso3)).nominees.get(), status=OfferStatus.ACCEPTED)
    return travel.open_file(offer, by=None, at=AT)


def begin_now(round):
    """The meeting began yesterday."""
    starts = clock.today() - timedelta(days=1)
    type(round.meeting).objects.update(starts=starts, ends=starts + timedelta(days=3))
    round.meeting.parts.update(starts=starts, ends=starts + timedelta(days=3))


def post(client, address, **data):
    return client.post(address, data, headers=ORIGIN)


def words(answer):
    return answer.content.decode()


def test_an_officer_meets_the_risk_on_the_desk_and_mends_it_part_by_part(client, officer, round):
    file = a_journey(round)
    here = f"/office/sponsorship/travel/{file.offer_id}/"
    assert "Journey at risk" in words(client.get("/desk/"))
    assert "The visa should have been applied for by" in words(client.get(here))

    answer = post(client, f"{here}visa/", visa="applied", visa_applied_on="2026-11-24", version=file.version)
    assert (answer.status_code, answer.url) == (302, here)
    late = post(client, f"{here}insurance/", insurer="Typed and kept", version=file.version)
    assert (late.status_code, "Typed and kept" in words(late)) == (422, True)
    version = TravelFile.objects.get().version
    row = {"day_1": "2026-12-20", "origin_1": "Vientiane", "destination_1": "Geneva", "day_2": "", "origin_2": "Half"}
    half = post(client, f"{here}route/", version=version, **row)
    assert (half.status_code, "A leg has a day" in words(half), "Half" in words(half)) == (422, True, True)
    post(client, f"{here}route/", version=version, **(row | {"origin_2": ""}))
    page = words(client.get(here))

    assert "The route does not lead back to Vientiane." in page
    assert "5 days × CHF\xa060.00 = CHF\xa0300.00" in page
    assert TravelFile.objects.get().visa == VisaStatus.APPLIED


def test_the_letter_is_made_when_asked_for_in_each_language_and_kept_nowhere(client, officer, round):
    file = a_journey(round)
    address = f"/files/sponsorship/invitations/{file.offer_id}/ar/"
    assert client.get(address).status_code == 404
    post(client, f"/office/sponsorship/travel/{file.offer_id}/letter/")
    answer = client.get(address)

    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"] == 'attachment; filename="invitation-14msp-sp-001-ar.pdf"'
    assert "no-store" in answer["Cache-Control"]
    sign_in(client, person(Role.DRAFTER, "LAO"))
    assert client.get(f"/files/sponsorship/own-invitations/{file.offer_id}/fr/").content.startswith(b"%PDF-")


def test_a_delegate_reads_what_is_missing_and_nothing_sealed_and_no_allowance(client, round):
    file = a_journey(round)
    nobody = person(Role.SPONSORSHIP_OFFICER)
    sealing.write(file.offer.nominee, SealedKind.PASSPORT, PASSPORT, by=nobody, at=AT, seen=0)
    sealing.write(file.offer.nominee, SealedKind.HEALTH, HEALTH, by=nobody, at=AT, seen=0)
    Offer.objects.update(ticket_status=TicketStatus.BOUGHT)
    TravelFile.objects.update(ticket_price=4321, ticket_currency="CHF", ticket_bought_on=AT.date())
    sign_in(client, person(Role.DRAFTER, "LAO"))
    here = f"/my/lao-pdr/sponsorship/14msp/travel/{file.offer_id}/"
    page = words(client.get(here))

    assert "Apply for the visa" in words(client.get("/desk/"))
    assert ("Still missing for the journey" in page, "Valid for long enough" in page, "Bought" in page) == (True,) * 3
    assert [word for word in (CANARY, PASSPORT["number"], "4,321", "300.00", "Access needs") if word in page] == []
    post(client, f"{here}visa/", visa="granted", version=TravelFile.objects.get().version)
    assert TravelFile.objects.get().visa == VisaStatus.GRANTED


def test_a_delegate_hands_the_report_in_and_an_officer_reads_it(client, round):
    file = a_journey(round)
    begin_now(round)
    report = Duty.objects.get(kind=DutyKind.REPORT)
    sign_in(client, person(Role.DRAFTER, "LAO"))
    here = "/my/lao-pdr/sponsorship/14msp/duties/"
    empty = post(client, f"{here}{report.pk}/", text="", version=1)
    handed = post(client, f"{here}{report.pk}/", text="What came of it.", version=1)
    assert (empty.status_code, handed.url) == (422, here)
    assert "The report is handed in." in words(client.get(here))

    sign_in(client, person(Role.SPONSORSHIP_OFFICER))
    page = words(client.get(f"/office/sponsorship/travel/{file.offer_id}/duties/report/"))
    assert "What came of it." in page


def test_a_person_reads_their_journey_and_hands_the_report_in_by_the_link_of_their_own(client, round):
    file = a_journey(round)
    by = person(Role.HEAD_OF_DELEGATION, "LAO")
    link = personal_links.make(nominee=file.offer.nominee, language="en", by=by, at=clock.now())
    here = f"/own-part/{token_of(link)}/"
    assert f"{here}travel/journey/" in words(client.get(here))
    page = client.get(f"{here}travel/journey/")
    handed = client.post(f"{here}travel/report/", {"text": "What came of it.", "version": 1})

    assert ("CHF\xa0300.00" in words(page), page["Referrer-Policy"]) == (True, "no-referrer")
    assert (handed.url, Duty.objects.get(kind=DutyKind.REPORT).text) == (f"{here}travel/journey/", "What came of it.")
    assert client.get(f"{here}travel/letter/en/").status_code == 404


def test_travellers_are_marked_from_the_list_which_costs_the_same_for_one_and_for_three(client, officer, round):
    a_journey(round)
    begin_now(round)
    address = "/office/sponsorship/14msp/travellers/"
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for iso3 in ("LBN", "TCD"):
        a_journey(round, iso3)
    with CaptureQueriesContext(connection) as three:
        page = words(client.get(f"{address}?show=mark"))
    assert (len(one), page.count('name="came"')) == (len(three), 3)

    lao, lbn, tcd = (Offer.objects.get(nominee__application__state__iso3=iso3) for iso3 in ("LAO", "LBN", "TCD"))
    post(client, address, came=[f"{lao.pk}:{lao.version}", f"{lbn.pk}:{lbn.version}"])
    absent = f"/office/sponsorship/travel/{tcd.pk}/came/"
    assert post(client, absent, came="no", reason="", version=1).status_code == 422
    post(client, absent, came="no", reason="Ill.", excused="no", version=1)

    assert dict(Offer.objects.values_list("nominee__application__state__iso3", "status")) == {
        "LAO": OfferStatus.TRAVELLED,
        "LBN": OfferStatus.TRAVELLED,
        "TCD": OfferStatus.NO_SHOW,
    }
    assert "It counts in the next round." in words(client.get(f"/office/sponsorship/travel/{tcd.pk}/"))
