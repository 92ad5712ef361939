"""In the room: a speaker is put on the list, and 100 waiting pages see it, each asking once a second."""

import asyncio
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.urls import reverse

from ccm_portal.bench import data
from ccm_portal.bench.figures import Row, in_words, with_processor_time
from ccm_portal.bench.load import Ask, Figure, answer, as_fast_as_they_answer, connected
from ccm_portal.bench.visits import etag, queries
from ccm_portal.core.models import State
from tests.factories import UserFactory
from tests.meetings.factories import meeting
from tests.meetings.room import TheRoom, the_room

KEY = "bench-room"
PAGES = 100
SPEAKERS = 8
APART = 1.7  # seconds between two requests for the floor: no multiple of the second in which pages ask
SECONDS = 4
PATIENCE = 20  # seconds after the last request until a page that has not seen it counts as lost


@dataclass
class Seen:
    """When each page had each version before it, by the clock of this process; and how many questions got a 304."""

    shown: list[tuple[int, float]]
    begun: dict[int, float]  # when the request for the floor that made a version was begun
    stand: int = 0  # pages that have the room before them
    unchanged: int = 0
    asked: int = 0


def prepare() -> TheRoom:
    """A meeting with twenty items and the delegations of forty States; nobody has asked yet."""
    UserFactory.reset_sequence(100_000)  # the reports of the bench were filed by people of another run
    parties = State.objects.parties_on(data.NOW.date()).order_by("iso3")
    who = " ".join(parties.values_list("iso3", flat=True)[:40])
    return the_room(meeting(KEY, ordinal=None), items=20, who=f"{who} cmc")


def room_rows(room: TheRoom, *, portal: str, bare: str, spent: Callable[[], float]) -> list[Row]:
    page, number = reverse("meetings:room", args=[KEY]), reverse("meetings:room-version", args=[KEY])
    seen = asyncio.run(_wait_together(room, portal=portal, page=page, number=number))
    waits = sorted(moment - seen.begun[version] for version, moment in seen.shown)
    last = waits[-1]
    held = Ask(portal + number, headers=(("If-None-Match", etag(portal + number)),), expect=304)
    asked, hello = (_fast([one], spent) for one in (held, Ask(f"{bare}/hello")))
    ratio = asked.requests_per_second / hello.requests_per_second
    return [
        Row(
            f"a speaker is added, seen by {PAGES} waiting pages ({SPEAKERS} times)",
            f"all within {last:.2f} s, half within {waits[len(waits) // 2]:.2f} s",
            f"{seen.unchanged / seen.asked:.0%} of {seen.asked:,} questions answered 304",
            "under 2 s",
            holds=last < 2,
        ),
        Row(
            "the number of the room, unchanged (304)",
            in_words(asked),
            f"{ratio:.2f} of bare: hello ({hello.processor_ms / asked.processor_ms:.2f} by processor time)",
            "at least 0.25 of it",
            holds=ratio >= 0.25,
        ),
        Row("queries: the room", str(queries(page)), f"{queries(number)} for its number"),
    ]


def _fast(asks: list[Ask], spent: Callable[[], float]) -> Figure:
    return with_processor_time(lambda: as_fast_as_they_answer(asks, seconds=SECONDS), spent)


async def _wait_together(room: TheRoom, *, portal: str, page: str, number: str) -> Seen:
    """All pages wait, spread over the second; speakers are added one after the other."""
    seen = Seen([], {})
    done = asyncio.Event()
    pages = [
        asyncio.create_task(_page(portal, page, number, wait=place / PAGES, seen=seen, done=done))
        for place in range(PAGES)
    ]
    while seen.stand < PAGES:  # until every page knows where it stands
        await asyncio.sleep(0.1)
    await asyncio.sleep(APART)
    for who in itertools.islice(room.delegations, SPEAKERS):
        began = time.perf_counter()
        seen.begun[await asyncio.to_thread(_ask, room, who)] = began
        await asyncio.sleep(APART)
    until = time.perf_counter() + PATIENCE
    while len(seen.shown) < PAGES * SPEAKERS and time.perf_counter() < until:
        await asyncio.sleep(0.1)
    done.set()
    await asyncio.gather(*pages)
    if len(seen.shown) != PAGES * SPEAKERS:
        raise AssertionError(f"{len(seen.shown)} of {PAGES * SPEAKERS} changes were seen")
    return seen


def _ask(room: TheRoom, who: str) -> int:
    room.ask(who)
    room.meeting.refresh_from_db()
    version = int(room.meeting.room.version)
    connection.close()
    return version


async def _page(
    portal: str,
    page: str,
    number: str,
    *,
    wait: float,
    seen: Seen,
    done: asyncio.Event,
) -> None:
    """What room.js does: the number once a second, and the page when it has moved."""
    await asyncio.sleep(wait)
    known, tag = 0, ""
    line = await connected(Ask(portal + number))
    while not done.is_set():
        began = time.perf_counter()
        headers = (("If-None-Match", tag),) if tag else ()
        status, told, _body = await answer(line, Ask(portal + number, headers=headers))
        seen.asked += 1
        seen.unchanged += status == 304
        if status == 200:
            tag = told["etag"]
            version = int(tag.strip('W/"r'))
            await answer(line, Ask(f"{portal}{page}?v={version}", headers=(("Accept-Encoding", "gzip"),)))
            shown = time.perf_counter()
            seen.shown += [(passed, shown) for passed in range(known + 1, version + 1) if known]
            seen.stand += known == 0
            known = version
        if told.get("connection", "").lower() == "close":
            line[1].close()
            line = await connected(Ask(portal + number))
        await asyncio.sleep(max(1 - (time.perf_counter() - began), 0))
    line[1].close()
