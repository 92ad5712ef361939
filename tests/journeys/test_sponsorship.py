"""Two donors pledge in two currencies, one for least developed countries alone; Lao PDR, Chad and others nominate; the
round is assessed and announced; one declines and the waiting list moves; a visa runs late and the officer is told;
journeys are settled with one no-show; donors and meeting get their reports, the ledger adds up to zero, and a dump of
the database holds no passport number. A nominated person fills in their own part on a telephone, without script."""

import re
import subprocess

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from sponsorship.domain import journey_sweep, offers, personal_links, rounds
from sponsorship.enums import RuleEffect
from sponsorship.models import Nominee, Offer
from tests.factories import state
from tests.journeys.people import delegate, sign_in
from tests.journeys.scene import workers_run
from tests.meetings.factories import meeting
from tests.sponsorship.factories import a_policy, a_round, an_application
from tests.sponsorship.test_purge import dump, found_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NUMBER = "QX7654321Z"
CALL, DECISION, DECLINED = "2026-11-25", "2026-12-28", "2027-01-05"
LATE, AFTER = "2027-07-20", "2027-09-20"


@pytest.fixture(autouse=True)
def time(monkeypatch):
    """Sets the clock; the call is open."""

    def is_now(day):
        monkeypatch.setenv("PORTAL_NOW", f"{day}T10:00:00+00:00")

    is_now(CALL)
    call_command("build_static", verbosity=0)
    call_command("load_reference_data", verbosity=0)
    return is_now


@pytest.fixture
def opened(new_context, portal):
    """A page of its own for somebody who signs in."""

    def page_of(who):
        page = new_context().new_page()
        page.set_default_timeout(15_000)
        sign_in(page, portal, who)
        return page

    return page_of


def a_call():
    """The round of the 14MSP with three places at 2,000 francs, for which its costs are assumed."""
    policy = a_policy(affected=RuleEffect.QUALIFIES, least_developed=RuleEffect.QUALIFIES)
    policy.adopted_on = clock.today()
    policy.save()
    return a_round(meeting(), policy=policy, places=3, visa_days=60, opened_at=clock.now())


def fills(page, **values):
    """Type into fields by their names, as they stand in the form; a list ticks boxes."""
    for name, value in values.items():
        field = page.locator(f"main [name='{name.replace('__', '-')}']")
        kind = field.first.evaluate("field => field.type")
        if kind in ("radio", "checkbox"):
            for one in value if isinstance(value, list) else [value]:
                page.locator(f"main [name='{name}'][value='{one}']").check()
        elif kind.startswith("select"):
            field.select_option(value)
        else:
            field.fill(value)


def presses(page, name):
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()
    assert page.locator(".problems").all_inner_texts() == []


def goes(page, name):
    page.locator("main").get_by_role("link", name=name).first.click()


def gives(page, portal, *, donor, currency, amount, earmarks=()):
    """The officer enters a pledge, and the money that came in."""
    page.goto(f"{portal}/office/sponsorship/money/")
    goes(page, "Enter a pledge")
    fills(page, **donor, currency=currency, pledged_on=CALL, earmarks=list(earmarks))
    page.locator("main [name$='0-year']").fill("2026")
    page.locator("main [name$='0-amount']").fill(amount)
    presses(page, "Save")
    goes(page, "Enter money received")
    fills(page, amount=amount, day=CALL, reference=f"BANK-{currency}")
    presses(page, "Save")


def says_rates(page, portal, day):
    for base, rate in (("EUR", "0.94"), ("NOK", "0.08")):
        page.goto(f"{portal}/office/sponsorship/money/rates/")
        if not page.locator("main [name=base]").is_visible():
            page.get_by_text("Enter a rate").click()
        fills(page, base=base, rate=rate, quote="CHF", day=day, source="European Central Bank")
        presses(page, "Save")


def nominates(page, portal, slug, iso3):
    """The head of the delegation writes, reads and endorses."""
    page.goto(f"{portal}/my/{slug}/sponsorship/")
    goes(page, re.compile("Meeting of States Parties"))
    page.locator("main form button").first.click()
    goes(page, "Add a person")
    fills(page, name=f"Delegate of {iso3}", function="Director", email=f"delegate.{iso3}@example.org", gender="woman")
    presses(page, "Save")
    goes(page, re.compile("^(Note verbale|Change|Write)"))
    fills(page, note_reference=f"NV-{iso3}-1", note_date=CALL, purpose="Clearance in the north.")
    presses(page, "Save")
    goes(page, "Read and endorse")
    presses(page, "Endorse and send")


def test_money_of_two_donors_brings_people_to_a_meeting(portal, time, opened, new_context, mailoutbox):
    round = a_call()
    office, lao = delegate(Role.SPONSORSHIP_OFFICER, "iso"), delegate(Role.HEAD_OF_DELEGATION, "LAO")
    chad, norway = delegate(Role.HEAD_OF_DELEGATION, "TCD"), delegate(Role.DRAFTER, "NOR")
    page, theirs, chads = opened(office), opened(lao), opened(chad)

    # Two donors pledge and send money in two currencies; Norway's is for least developed countries.
    gives(page, portal, donor={"state": "norway"}, currency="NOK", amount="60000", earmarks=["least_developed"])
    gives(page, portal, donor={"organisation": "eu"}, currency="EUR", amount="5000")

    # Lao PDR and Chad nominate, with two others; the person of Lao PDR gives a passport by a link of their own.
    nominates(theirs, portal, "lao-pdr", "lao")
    nominates(chads, portal, "chad", "tcd")
    for iso3 in ("LBN", "ZMB"):
        an_application(round, state(iso3))
    goes(theirs, "Delegate of lao")
    theirs.get_by_role("button", name=re.compile("^Mail")).click()
    workers_run()
    link = re.search(r"https?://\S+/own-part/\S+/", next(m.body for m in mailoutbox if "own-part" in m.body)).group()
    own = new_context().new_page()
    own.goto(f"{link}passport/")
    fills(own, number=NUMBER, issuing="LAO", valid_until="2031-05-01", name="Delegate of lao")
    presses(own, "Save")

    # The round is assessed and decided quietly, then announced.
    time(DECISION)
    says_rates(page, portal, DECISION)
    assert rounds.sweep(at=clock.now()) == 1
    page.goto(f"{portal}/desk/sponsorship/14msp/")
    goes(page, "Declare")
    presses(page, "Declare")
    for nominee in Nominee.objects.all():
        page.goto(f"{portal}/desk/sponsorship/14msp/people/{nominee.pk}/")
        fills(page, points="7", reason="Knows the work.")
        presses(page, "Save")
    page.goto(f"{portal}/desk/sponsorship/14msp/ranking/")
    presses(page, "Select the first 3 by ranking, at most one a State")
    presses(page, "Decide the round")
    theirs.goto(f"{portal}/my/lao-pdr/sponsorship/14msp/")
    expect(theirs.locator("main")).not_to_contain_text("Selected")
    goes(page, "Announce to all")
    fills(page, text="Thank you for your nominations.")
    presses(page, "Announce to all")

    # Lao PDR accepts; Chad declines, and the place goes to the next on the list.
    time(DECLINED)
    says_rates(page, portal, DECLINED)
    held = {offer.state.iso3: offer for offer in Offer.objects.all()}
    assert sorted(held) == ["LAO", "LBN", "TCD"]
    for delegation, slug, act in ((theirs, "lao-pdr", "Accept"), (chads, "chad", "Decline")):
        delegation.goto(f"{portal}/my/{slug}/sponsorship/14msp/")
        goes(delegation, "Answer the offer")
        fills(delegation, note="By the minister.")
        presses(delegation, act)
    page.goto(f"{portal}/desk/sponsorship/14msp/waiting/")
    expect(page.get_by_text("The place was offered.")).to_be_visible()
    for offer in Offer.objects.filter(status="offered"):
        offers.accept(offer, version=offer.version, by=office.user, at=clock.now(), on_behalf=True, note="Note verbale")

    # A visa runs late: the officer is told by mail and at the desk.
    time(LATE)
    mailoutbox.clear()
    journey_sweep.sweep(at=clock.now())
    workers_run()
    told = [mail for mail in mailoutbox if mail.to == [office.user.email] and "at risk" in mail.subject]
    assert ["The visa should have been applied for by 14 July 2027." in mail.body for mail in told] == [True]
    page.goto(f"{portal}/desk/")
    expect(page.get_by_text("The visa should have been applied for by 14 July 2027.").first).to_be_visible()

    # After the meeting: two came, one did not; what was paid is entered and each journey is closed.
    time(AFTER)
    says_rates(page, portal, AFTER)
    journeys = {offer.state.iso3: offer.pk for offer in Offer.objects.filter(travel__isnull=False)}
    for iso3, offer in journeys.items():
        settles(page, portal, offer, iso3)

    # Both donors and the meeting get their reports; the round is closed.
    page.goto(f"{portal}/office/sponsorship/14msp/")
    presses(page, "Close the round")
    for report in ("Norway, NOK", "European Union, EUR", "Report to the meeting"):
        page.goto(f"{portal}/office/sponsorship/14msp/")
        goes(page, report)
        presses(page, "Issue the report")
    for donor, currency in ((norway, "NOK"), (delegate(Role.OBSERVER, "eu"), "EUR")):
        reads = opened(donor)
        reads.goto(f"{portal}/my/contributions/")
        goes(reads, re.compile(currency))
        goes(reads, "14MSP")
        expect(reads.locator("main")).to_contain_text(currency)
    everybody = new_context().new_page()
    everybody.goto(f"{portal}/sponsorship/14msp/report/")
    expect(everybody.locator("h1")).to_be_visible()
    expect(everybody.locator("main")).not_to_contain_text("Delegate of")

    # The ledger adds up to zero in each currency, and no dump holds the number of a passport.
    page.goto(f"{portal}/office/sponsorship/money/ledger/")
    expect(page.get_by_text("The ledger adds up to zero in EUR · NOK")).to_be_visible()
    held = subprocess.run(["strings"], input=dump().encode(), capture_output=True, check=True).stdout.decode()
    assert ("NV-lao-1" in held, found_in(held, [NUMBER])) == (True, [])


def settles(page, portal, offer, iso3):
    """Ticket, coming, costs, closing: Lebanon's delegate did not come, and a part of the ticket's price came back."""
    came, address = iso3 != "LBN", f"{portal}/office/sponsorship/travel/{offer}/"
    page.goto(f"{address}ticket/")
    fills(page, ticket_status="bought", ticket_price="1000", ticket_currency="CHF", ticket_bought_on="2027-08-01")
    presses(page, "Save")
    page.goto(address)
    goes(page, "Did the person come?")
    if came:
        fills(page, came="yes")
    else:
        fills(page, came="no", reason="No word was had.", excused="no")
    presses(page, "Save")
    settlement = f"{portal}{reverse('sponsorship:settlement', args=[offer])}"
    paid = [("paid", "1000", "T-1")]
    if not came:
        page.goto(f"{address}ticket/")
        fills(page, ticket_status="returned")
        presses(page, "Save")
        paid.append(("back", "640", "T-2"))
    for way, amount, reference in paid:
        page.goto(settlement)
        if not page.locator("main [name=amount]").is_visible():
            page.get_by_text("Enter a payment or a refund").click()
        fills(page, way=way, kind="ticket", amount=amount, currency="CHF", paid_on="2027-09-18", reference=reference)
        presses(page, "Enter")
    page.goto(settlement)
    page.locator("#close").get_by_role("button").first.click()
    expect(page.get_by_role("heading", name="The settlement is closed")).to_be_visible()


@pytest.fixture
def on_a_telephone(browser):
    """A browser without script, 320 pixels wide."""
    page = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False).new_page()
    page.set_default_timeout(15_000)
    return page


def test_a_person_fills_in_their_own_part_on_a_telephone_without_script(portal, on_a_telephone, mailoutbox):
    person = an_application(a_call(), state("LAO")).nominees.get()
    personal_links.make(nominee=person, language="en", by=delegate(Role.DRAFTER, "LAO").user, at=clock.now())
    workers_run()
    page, link = on_a_telephone, re.search(r"https?://\S+/own-part/\S+/", mailoutbox[0].body).group()
    page.goto(link)
    goes(page, "About you")
    fills(page, function="Director", expertise="Survey", languages=["en", "fr"], needs="yes")
    presses(page, "Save")
    goes(page, "Passport")
    fills(page, number=NUMBER, issuing="LAO", valid_until="2020-02-30", name="Delegate of lao")
    page.locator("main").get_by_role("button", name="Save").click()
    expect(page.locator("main [name=name]")).to_have_value("Delegate of lao")  # nothing typed is lost
    fills(page, valid_until="2031-05-01")
    presses(page, "Save")
    goes(page, "Bank account")
    fills(page, holder="Delegate of lao", bank="Bank of Vientiane", account="0000 1111 2222")
    presses(page, "Save")

    # Nothing sealed is shown again, nothing is wider than the screen, and nothing else opens.
    expect(page.locator("main").get_by_text(re.compile("^given on"))).to_have_count(3)
    for place in ("", "about/", "passport/", "bank/", "health/"):
        page.goto(f"{link}{place}")
        assert found_in(page.content(), [NUMBER, "000011112222"]) == []
        assert page.locator("main").bounding_box()["width"] <= 320
    assert page.goto(f"{portal}/my/lao-pdr/sponsorship/").url.startswith(f"{portal}/account/login/")
    person.refresh_from_db()
    assert (person.function, person.languages, person.has_access_needs) == ("Director", ["en", "fr"], True)
