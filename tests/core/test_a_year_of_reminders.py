"""A year of reminders, day by day, with every State: nobody gets two of a rung, nobody is missed, all is logged."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse

from ccm_portal.core import due_items, outbox, reminders
from ccm_portal.core.due_items import REPORT_LADDER, DueItem
from ccm_portal.core.enums import MessageStatus, Role
from ccm_portal.core.models import Membership, OutgoingMessage, State, User
from tests.factories import A_MOMENT, person
from tests.support import sign_in

YEAR = 2027
DUE = date(YEAR, 4, 30)
FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)
LADDER = {-90: {"drafter"}, -30: {"drafter", "approver"}, -7: {"drafter", "approver", "head_of_delegation"}}
LADDER |= dict.fromkeys((1, 30), {"drafter", "approver", "head_of_delegation", "mission"})
ORDER = ["drafter", "approver", "head_of_delegation", "mission"]


class World:
    """States, who acts for them over which days, and on which day each files."""

    def __init__(self, seed=7):
        chance = random.Random(seed)
        self.states = list(State.objects.parties_on(FIRST).order_by("iso3"))
        self.filed, self.acts, self.missions = {}, [], {}
        rows = []
        for number, state in enumerate(self.states):
            self.filed[state.iso3] = chance.choice(
                [None, *(DUE + timedelta(days=d) for d in (-100, -50, -30, -3, 1, 20, 90))]
            )
            if number % 4:
                self.missions[state.iso3] = state.mission_email = f"mission-{state.iso3.lower()}@example.org"
            for role in ORDER[:3]:
                for _again in range(chance.choice([0, 1, 1, 2])):
                    starts = chance.choice([date(2020, 1, 1), FIRST + timedelta(days=chance.randrange(200))])
                    ends = chance.choice([None, None, starts + timedelta(days=chance.randrange(1, 500))])
                    address = f"p{len(self.acts)}@example.org"
                    rows.append(User(email=address, name=address, language=chance.choice(["en", "fr", "ar"])))
                    self.acts.append((state.iso3, address, role, starts, ends))
        State.objects.bulk_update(self.states, ["mission_email"])
        users = {user.email: user for user in User.objects.bulk_create(rows)}
        by_code = {state.iso3: state for state in self.states}
        # every fifth holds a second role
        self.acts += [
            (iso3, who, "approver", starts, ends)
            for iso3, who, role, starts, ends in self.acts[::5]
            if role == "drafter"
        ]
        Membership.objects.bulk_create(
            Membership(user=users[who], role=role, state=by_code[iso3], starts=starts, ends=ends, accepted_at=A_MOMENT)
            for iso3, who, role, starts, ends in self.acts
        )

    def items(self, on, states):
        chosen = self.states if states is None else [s for s in self.states if s.pk in {one.pk for one in states}]
        return [
            DueItem(
                key=f"year:{state.iso3}",
                title=f"Report of {state.iso3}",
                state=state,
                due=DUE,
                source="Article 7(2)",
                basis="30 April of each year.",
                url="/desk/",
                ladder=REPORT_LADDER,
            )
            for state in chosen
            if self.filed[state.iso3] is None or on < self.filed[state.iso3]
        ]

    def expected(self, days):
        """(State, address, rung) of everybody who must hear, from the declaration alone."""
        told = set()
        for day in days:
            rung = max((rung for rung in LADDER if (day - DUE).days >= rung), default=None)
            for state in self.states if rung else ():
                filed = self.filed[state.iso3]
                if filed and day >= filed:
                    continue
                holders = {role: set() for role in ORDER}
                for iso3, who, role, starts, ends in self.acts:
                    if iso3 == state.iso3 and starts <= day and (ends is None or day < ends):
                        holders[role].add(who)
                holders["mission"] |= {self.missions[state.iso3]} if state.iso3 in self.missions else set()
                for role in LADDER[rung]:
                    higher = (holders[place] for place in ORDER[ORDER.index(role) :] if holders[place])
                    told |= {(state.iso3, who, rung) for who in next(higher, ())}
        return told


@pytest.fixture
def world(monkeypatch, db):
    world = World()
    monkeypatch.setattr(due_items, "_providers", [world.items])
    return world


def moment(day, hour):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def run(at):
    reminders.remind(on=at.date(), at=at)
    waiting = OutgoingMessage.objects.filter(status=MessageStatus.OWED, not_before__lte=at)
    for pk in waiting.values_list("pk", flat=True):
        outbox.deliver(pk=pk, at=at)


def sent():
    rows = OutgoingMessage.objects.filter(status="sent").values_list(
        "ids__state", "user__email", "address", "ids__rung"
    )
    return Counter((iso3, email or address, rung) for iso3, email, address, rung in rows)


def days_of_the_year():
    return [FIRST + timedelta(days=count) for count in range(365)]


def test_a_year_adds_up(world, client, mailoutbox):
    told_on = {}
    for day in days_of_the_year():
        for hour in (6, 18):
            before = len(mailoutbox)
            run(moment(day, hour))
            told_on.setdefault(day, []).extend(mailoutbox[before:])

    assert sent() == Counter(world.expected(days_of_the_year()))  # nobody missed, nobody twice
    assert len(mailoutbox) == OutgoingMessage.objects.count() == sum(sent().values()) > 300
    assert Counter(OutgoingMessage.objects.values_list("status", flat=True)) == {"sent": len(mailoutbox)}
    assert Counter(mail.to[0] for mail in mailoutbox) == Counter(
        who for (_iso3, who, _rung), count in sent().items() for _ in range(count)
    )
    after_filing = [
        (day, letter.subject)
        for day, letters in told_on.items()
        for letter in letters
        if (filed := world.filed[_code(letter)]) and day >= filed
    ]
    assert after_filing == []
    for day, letters in told_on.items():  # the English ones, word for word
        days = (DUE - day).days
        true = f"That is in {days} day" if days > 0 else "That is today" if not days else f"That was {-days} day"
        assert [
            letter.subject for letter in letters if "due on 30 April 2027" in letter.body and true not in letter.body
        ] == []
    sign_in(client, person(Role.ISO_STAFF, "iso"))
    page = client.get(reverse("core:reminder-list") + "?page=1").context["page"]
    assert page.paginator.count == len(mailoutbox)


def _code(letter):
    """The State, from the subject: Report of LAO: …"""
    return next(word for word in letter.subject.replace(":", " ").split() if word.isupper() and len(word) == 3)


def test_after_26_hours_without_run_or_mail_server_each_goes_once_and_true(world, mailoutbox):
    run(moment(DUE - timedelta(days=31), 12))  # whoever is in the first rung
    known = sent()
    mailoutbox.clear()
    reminders.remind(on=DUE - timedelta(days=30), at=moment(DUE - timedelta(days=30), 1))
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1
    ):  # nobody listens there
        for hour in range(1, 24):
            for pk in OutgoingMessage.objects.filter(status="owed").values_list("pk", flat=True)[:40]:
                outbox.deliver(pk=pk, at=moment(DUE - timedelta(days=30), hour))
    assert mailoutbox == []

    back = moment(DUE - timedelta(days=29), 3)  # 26 hours after the first try
    run(back)
    run(back + timedelta(hours=6))

    expected = Counter(world.expected([DUE - timedelta(days=30), DUE - timedelta(days=29)]))
    now = sent() - known
    assert {rung for _iso3, _who, rung in now} == {-30}
    # who left between the two days is told nothing; everybody else who is there now hears once
    there = Counter(world.expected([DUE - timedelta(days=29)]))
    assert (now & there, now - expected) == (there, Counter())
    assert all("29 " in letter.body or "٢٩" in letter.body for letter in mailoutbox)


def test_when_the_mail_server_was_down_over_the_deadline_only_the_later_rung_leaves(world, mailoutbox):
    on = DUE - timedelta(days=7)
    reminders.remind(on=on, at=moment(on, 6))
    run(moment(DUE + timedelta(days=1), 13))
    assert {rung for _iso3, _who, rung in sent()} == {1}
    assert sent() == Counter(world.expected([DUE + timedelta(days=1)]))


@pytest.mark.parametrize("day", [DUE - timedelta(days=30), DUE + timedelta(days=1)])
def test_all_states_cost_a_constant_number_of_queries(world, django_assert_max_num_queries, day):
    with django_assert_max_num_queries(9):
        assert reminders.remind(on=day, at=moment(day, 6)) > 30


def test_a_year_is_counted_again_without_sending(world, capsys):
    call_command("remind", replay=YEAR)
    expected = world.expected(days_of_the_year())
    lines = capsys.readouterr().out.splitlines()
    by_rung = Counter(rung for _iso3, _who, rung in expected)
    assert [line for line in lines if line.startswith(("+", "-"))] == [
        f"{rung:+d} days: {by_rung[rung]}" for rung in sorted(by_rung)
    ]
    assert f"{YEAR}: {len(expected)} reminders, {len(expected)} different ones: it adds up" in lines
    assert (OutgoingMessage.objects.count(), mail.outbox) == (0, [])
