"""Reminders rest while the office says so, and what came back is noted and climbs."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ccm_portal.core import bounces, clock, due_items, outbox, reminders
from ccm_portal.core.domain import pauses
from ccm_portal.core.due_items import REPORT_LADDER, DueItem
from ccm_portal.core.enums import MessageStatus, Role
from ccm_portal.core.models import OutgoingMessage, RegisterEntry, ReminderPause
from ccm_portal.core.work_items import work_items_for
from tests.factories import person, state
from tests.support import sign_in

pytestmark = pytest.mark.django_db

DUE = date(2027, 4, 30)


def noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@pytest.fixture
def lao(monkeypatch):
    """Lao PDR owes a report."""
    item = DueItem(
        key="test:LAO",
        title="Annual report",
        state=state("LAO"),
        due=DUE,
        source="Article 7.2",
        basis="30 April of each year.",
        url="/my/lao-pdr/",
        ladder=REPORT_LADDER,
    )
    monkeypatch.setattr(due_items, "_providers", [lambda on, states: [item]])
    return item


def pause(by, of="LAO", starts=DUE - timedelta(days=40), until=DUE - timedelta(days=5), at=None):
    return pauses.begin(
        state=state(of) if of else None,
        starts=starts,
        until=until,
        reason="Floods",
        by=by,
        at=at or noon(starts),
    )


def deliver_all(at):
    waiting = OutgoingMessage.objects.filter(status=MessageStatus.OWED, not_before__lte=at)
    return [outbox.deliver(pk=pk, at=at) for pk in waiting.order_by("pk").values_list("pk", flat=True)]


@pytest.mark.parametrize("of", ["LAO", None])
def test_nothing_leaves_in_a_pause_and_after_it_each_hears_once_what_is_true_then(lao, mailoutbox, of):
    iso = person(Role.ISO_STAFF, "iso")
    person(Role.DRAFTER, "LAO")
    person(Role.APPROVER, "LAO")
    early = DUE - timedelta(days=31)
    reminders.remind(on=early, at=noon(early))  # the first rung, to the drafter; it has not left yet
    resting = pause(iso, of=of)
    told = []
    for days in range(30, 4, -1):
        at = noon(DUE - timedelta(days=days))
        told += [reminders.remind(on=at.date(), at=at), *deliver_all(at)]
    assert (set(told), mailoutbox) == ({0, "owed"}, [])

    at = resting.leaves_again_at
    reminders.remind(on=at.date(), at=at)
    deliver_all(at)

    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(
        OutgoingMessage.objects.filter(ids__rung=-7).values_list("user__email", flat=True)
    )
    assert len(mailoutbox) == 2
    assert all("That is in 4 days." in mail.body for mail in mailoutbox)


def test_ending_a_pause_lets_the_reminders_leave_at_once(lao, mailoutbox):
    iso = person(Role.ISO_STAFF, "iso")
    person(Role.DRAFTER, "LAO")
    on = DUE - timedelta(days=20)
    reminders.remind(on=on, at=noon(on))
    resting = pause(iso)
    assert deliver_all(noon(on)) == ["owed"]
    pauses.end(pause=resting, version=1, by=iso, at=noon(on))

    assert deliver_all(noon(on)) == ["sent"]
    assert [entry.action for entry in RegisterEntry.objects.order_by("pk")] == [
        "core.reminders.pause",
        "core.reminders.resume",
    ]


@pytest.mark.parametrize(
    ("starts", "until", "says"),
    [
        (DUE, DUE - timedelta(days=1), "The last day must not lie before the first"),
        (DUE, DUE + timedelta(days=90), "90 days at most"),
        (DUE - timedelta(days=36), DUE, "paused then already"),
    ],
)
def test_a_pause_is_short_and_one_at_a_time(lao, starts, until, says):
    iso = person(Role.ISO_STAFF, "iso")
    pause(iso)
    with pytest.raises(pauses.PauseRefused, match=says):
        pause(iso, starts=starts, until=until, at=noon(DUE - timedelta(days=40)))
    assert ReminderPause.objects.count() == 1


def test_a_stale_page_ends_no_pause(lao):
    iso = person(Role.ISO_STAFF, "iso")
    resting = pause(iso)
    with pytest.raises(pauses.PauseRefused, match="Somebody changed this pause"):
        pauses.end(pause=resting, version=2, by=iso, at=noon(resting.starts))
    pauses.end(pause=resting, version=1, by=iso, at=noon(resting.starts))
    with pytest.raises(pauses.PauseRefused, match="ended already"):
        pauses.end(pause=resting, version=2, by=iso, at=noon(resting.starts))


def test_the_office_is_told_that_a_pause_runs_and_what_falls_due_in_it(lao):
    iso, drafter = person(Role.ISO_STAFF, "iso"), person(Role.DRAFTER, "LAO")
    pause(iso, until=DUE)
    told = {user: [(item.label, item.detail) for item in work_items_for(user, on=DUE)] for user in (iso, drafter)}

    assert told[iso] == [(f"Reminders to {state('LAO').name} are paused", "1 deadline falls into the pause")]
    assert not any("paused" in label for label, _detail in told[drafter])


# -- mail that comes back ---------------------------------------------------------------------------


def notice(message_id, *, action="failed", status="5.1.1", sort="text/rfc822-headers"):
    """A delivery status notice as a mail server writes one (RFC 3464)."""
    headers = f"Message-ID: {message_id}\r\nTo: somebody@example.org\r\n"
    return (
        "From: MAILER-DAEMON@example.org\r\nTo: portal@example.org\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nIt did not arrive.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example.org\r\n\r\n"
        f"Final-Recipient: rfc822; somebody@example.org\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 no such user\r\n\r\n"
        f"--b\r\nContent-Type: {sort}\r\n\r\n{headers}\r\n--b--\r\n"
    ).encode()


def sent_reminder():
    on = DUE - timedelta(days=90)
    reminders.remind(on=on, at=noon(on))
    deliver_all(noon(on))
    return OutgoingMessage.objects.order_by("-pk").first()


@pytest.mark.parametrize("sort", ["text/rfc822-headers", "message/rfc822"])
def test_a_notice_marks_its_message_once_and_the_next_higher_person_hears(lao, tmp_path, capsys, sort):
    person(Role.DRAFTER, "LAO")
    approver = person(Role.APPROVER, "LAO")
    message = sent_reminder()
    (tmp_path / "one").write_bytes(notice(message.message_id, sort=sort))

    call_command("bounces", str(tmp_path))
    call_command("bounces", str(tmp_path))

    message.refresh_from_db()
    assert (message.status, message.last_error) == ("bounced", "5.1.1 smtp; 550 no such user")
    assert capsys.readouterr().out.splitlines() == [
        f"one: bounced {message.key}",
        "1 bounced",
        f"one: known {message.key}",
        "1 known",
    ]
    on = DUE - timedelta(days=89)
    assert reminders.remind(on=on, at=noon(on)) == 1
    assert OutgoingMessage.objects.latest("pk").user == approver


def test_odd_hostile_and_foreign_mail_stops_nothing_and_marks_nothing(lao, tmp_path):
    person(Role.DRAFTER, "LAO")
    message = sent_reminder()
    ordinary = EmailMessage()
    ordinary["Message-ID"], ordinary["Subject"] = message.message_id, "failed"
    ordinary.set_content(f"Action: failed\n{message.message_id}")
    mail = {
        "a-empty": b"",
        "b-noise": bytes(range(256)) * 40,
        "c-ordinary": ordinary.as_bytes(),
        "d-delayed": notice(message.message_id, action="delayed", status="4.4.1"),
        "e-foreign": notice("<other@elsewhere.example>"),
        "f-broken": notice(message.message_id)[:250],
        "g-none": notice(""),
        "h-charset": b'Content-Type: multipart/report; boundary="b"; charset="\xff"\r\n\r\n--b\r\n\r\n\xff--b--',
        "i-deep": b'Content-Type: multipart/report; boundary="b"\r\n\r\n' + b"--b\r\n" * 5000,
    }
    for name, raw in mail.items():
        (tmp_path / name).write_bytes(raw)

    found = {outcome.name[0]: outcome.what for outcome in bounces.take_in(tmp_path, at=noon(DUE))}

    assert {found[name] for name in "abcdfhi"} <= {"no notice", "unreadable"}
    assert (found["e"], found["g"]) == ("unknown", "unknown")
    message.refresh_from_db()
    assert message.status == "sent"


def test_a_maildir_is_read_and_links_in_it_are_not_followed(lao, tmp_path):
    person(Role.DRAFTER, "LAO")
    message = sent_reminder()
    for folder in ("new", "cur", "tmp"):
        (tmp_path / folder).mkdir()
    (tmp_path / "new" / "1").write_bytes(notice(message.message_id))
    (tmp_path / "cur" / "2").symlink_to(tmp_path / "new" / "1")
    (tmp_path / "tmp" / "3").write_bytes(b"half")
    assert [(o.name, o.what) for o in bounces.take_in(tmp_path, at=noon(DUE))] == [("1", "bounced")]


# -- the page -----------------------------------------------------------------------------------------


def test_the_page_names_what_a_pause_holds(lao, client, monkeypatch):
    iso = person(Role.ISO_STAFF, "iso")
    drafter = person(Role.DRAFTER, "LAO")
    monkeypatch.setattr(clock, "today", lambda: DUE - timedelta(days=91))
    sign_in(client, iso)
    address = reverse("core:reminder-list")

    page = client.get(address).content.decode()
    assert ("1 reminder will leave." in page, drafter.name in page) == (True, True)

    form = {
        "state": state("LAO").pk,
        "starts": DUE - timedelta(days=91),
        "until": DUE - timedelta(days=31),
        "reason": "Floods",
    }
    monkeypatch.setattr(clock, "now", lambda: noon(DUE - timedelta(days=91)))
    assert client.post(address, form).status_code == 302
    page = client.get(address).content.decode()
    assert ("1 reminder is held back by a pause" in page, "1 reminder will leave." in page) == (True, False)
    assert "Floods" in page

    resting = ReminderPause.objects.get()
    client.post(reverse("core:pause-end", args=[resting.pk]), {"version": resting.version})
    page = client.get(address).content.decode()
    assert "1 reminder will leave." in page


def test_the_page_costs_the_same_for_one_and_for_many(lao, client, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DUE - timedelta(days=91))
    monkeypatch.setattr(clock, "now", lambda: noon(DUE - timedelta(days=91)))
    items = [lao]
    monkeypatch.setattr(due_items, "_providers", [lambda on, states: items])
    sign_in(client, person(Role.ISO_STAFF, "iso"))
    person(Role.DRAFTER, "LAO")
    costs = []
    for more in ((), ("BGR", "HRV", "MLI", "PER", "SEN")):
        items += [replace(lao, key=f"test:{iso3}", state=state(iso3)) for iso3 in more]
        for iso3 in more:
            person(Role.DRAFTER, iso3)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("core:reminder-list")).content.decode()
        costs.append((("6 reminders" if more else "1 reminder") + " will leave." in page, len(asked)))
    assert costs == [(True, costs[0][1])] * 2


def test_addresses_and_versions_that_no_page_of_ours_makes_are_no_error(client):
    client = sign_in(client, person(Role.ISO_STAFF))

    for path in ("/office/reminders/", "/office/people/"):
        assert client.get(f"{path}?state=%00").status_code == 200
