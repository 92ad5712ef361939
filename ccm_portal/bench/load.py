"""Ask a server as fast as it answers, or at people's pace, over loopback."""

import asyncio
import itertools
import json
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

WRK_SCRIPT = Path(__file__).with_name("wrk.lua")
CONNECTIONS = 16


class LoadError(Exception):
    """An answer was not what it should be, so its speed means nothing."""


@dataclass(frozen=True)
class Figure:
    requests_per_second: float
    p95_ms: float


@dataclass(frozen=True)
class Ask:
    """One request, ready to be sent."""

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def on_the_wire(self) -> bytes:
        parts = urlsplit(self.url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        lines = [f"{self.method} {target} HTTP/1.1", f"Host: {parts.netloc}", "Connection: keep-alive"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        if self.method != "GET":
            lines.append(f"Content-Length: {len(self.body)}")
        return "\r\n".join([*lines, "", ""]).encode() + self.body


def has_wrk() -> bool:
    return shutil.which("wrk") is not None


def as_fast_as_it_answers(ask: Ask, *, expect: int, seconds: float) -> Figure:
    """The same request over and over: with wrk where it is installed, else with our own client."""
    once(ask, expect=expect)
    if has_wrk() and ask.method == "GET":
        return _wrk(ask, seconds=seconds)
    return with_our_client(lambda person, turn: ask, people=CONNECTIONS, expect=expect, seconds=seconds)


def once(ask: Ask, *, expect: int) -> None:
    with_our_client(lambda person, turn: ask, people=1, expect=expect, seconds=0)


def _wrk(ask: Ask, *, seconds: float) -> Figure:
    headers = [word for name, value in ask.headers for word in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", *headers, "-s", str(WRK_SCRIPT), ask.url]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.strip().splitlines()[-1])
    if told["errors"]:
        raise LoadError(f"{ask.url}: {told['errors']} errors")
    return Figure(told["requests"] / told["seconds"], told["p95_ms"])


def with_our_client(
    make: Callable[[int, int], Ask], *, people: int, expect: int, seconds: float, every: float = 0
) -> Figure:
    """`people` at once, each on a connection of their own; with `every`, each asks once in so many seconds."""
    return asyncio.run(_many(make, people=people, expect=expect, seconds=seconds, every=every))


async def _many(make: Callable[[int, int], Ask], *, people: int, expect: int, seconds: float, every: float) -> Figure:
    began = time.perf_counter()
    until = began + seconds
    each = [_person(make, number, people, expect, until, every) for number in range(people)]
    times = sorted(itertools.chain.from_iterable(await asyncio.gather(*each)))
    spent = time.perf_counter() - began
    return Figure(len(times) / spent, 1000 * times[min(int(len(times) * 0.95), len(times) - 1)])


async def _person(
    make: Callable[[int, int], Ask], number: int, people: int, expect: int, until: float, every: float
) -> list[float]:
    parts = urlsplit(make(number, 0).url)
    connection = await asyncio.open_connection(parts.hostname, parts.port)
    times: list[float] = []
    if every:
        await asyncio.sleep(every * number / people)
    for turn in itertools.count():
        ask = make(number, turn)
        began = time.perf_counter()
        try:
            status, body, closing = await _answer(connection, ask)
        except (ConnectionError, asyncio.IncompleteReadError):  # a connection that was idle may have been closed
            connection = await asyncio.open_connection(parts.hostname, parts.port)
            status, body, closing = await _answer(connection, ask)
        if closing:
            connection[1].close()
            connection = await asyncio.open_connection(parts.hostname, parts.port)
        times.append(time.perf_counter() - began)
        if status != expect:
            raise LoadError(
                f"{ask.method} {ask.url} answered {status}, not {expect}: {body[:500].decode(errors='replace')}"
            )
        if time.perf_counter() >= until:
            break
        if every:
            await asyncio.sleep(max(every - times[-1], 0))
    connection[1].close()
    return times


async def _answer(connection: tuple[asyncio.StreamReader, asyncio.StreamWriter], ask: Ask) -> tuple[int, bytes, bool]:
    reader, writer = connection
    writer.write(ask.on_the_wire())
    await writer.drain()
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    body = b""
    if headers.get("transfer-encoding") == "chunked":
        while size := int(await reader.readuntil(b"\r\n"), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readexactly(2)
    elif status not in (204, 304):
        body = await reader.readexactly(int(headers.get("content-length", 0)))
    return status, body, headers.get("connection") == "close"
