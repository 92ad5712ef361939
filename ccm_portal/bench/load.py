"""Ask a server as fast as it answers, or at people's pace, over loopback."""

import asyncio
import itertools
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

WRK_SCRIPT = Path(__file__).with_name("wrk.lua")
CONNECTIONS = 16

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class LoadError(Exception):
    """An answer was not what it should be, so its speed means nothing."""


@dataclass(frozen=True)
class Figure:
    requests_per_second: float
    p95_ms: float
    processor_ms: float = 0.0


@dataclass(frozen=True)
class Ask:
    """One request and the answer that it must get. "@@" in the body becomes a number that rises."""

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    expect: int = 200

    @property
    def path(self) -> str:
        parts = urlsplit(self.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    @property
    def all_headers(self) -> list[str]:
        return [f"Host: {urlsplit(self.url).netloc}", *(f"{name}: {value}" for name, value in self.headers)]

    def on_the_wire(self, number: int) -> bytes:
        body = self.body.replace("@@", str(number)).encode()
        length = [f"Content-Length: {len(body)}"] if self.method != "GET" else []
        lines = [f"{self.method} {self.path} HTTP/1.1", *self.all_headers, *length, "", ""]
        return "\r\n".join(lines).encode() + body

    def as_line(self) -> str:
        return "\t".join([self.method, self.path, self.body, *self.all_headers])


def has_wrk() -> bool:
    return shutil.which("wrk") is not None


def as_fast_as_they_answer(asks: Sequence[Ask], *, seconds: float) -> Figure:
    """The requests over and over: with wrk where it is installed, else with our own client."""
    if not has_wrk():
        return at_peoples_pace(list(asks[:1]) * CONNECTIONS if len(asks) == 1 else asks, seconds=seconds, every=0)
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as lines:
        lines.write("".join(f"{ask.as_line()}\n" for ask in asks))
        lines.flush()
        command = [
            "wrk",
            "-t1",
            f"-c{CONNECTIONS}",
            f"-d{seconds:.0f}s",
            "-s",
            WRK_SCRIPT,
            asks[0].url,
            "--",
            lines.name,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.strip().splitlines()[-1])
    if wrong := {name: told[name] for name in ("status", "broken") if told[name]}:
        raise LoadError(f"{asks[0].url} and others, {told['requests']} requests, did not all answer: {wrong}")
    return Figure(told["requests"] / told["seconds"], told["p95_ms"])


def check(asks: Sequence[Ask]) -> None:
    """Ask for each once, and read every answer's status."""
    at_peoples_pace(asks, seconds=0, every=0)


def at_peoples_pace(asks: Sequence[Ask], *, seconds: float, every: float) -> Figure:
    """One person for each request, on a connection of their own, who asks once `every` so many seconds."""
    return asyncio.run(_together(asks, seconds=seconds, every=every))


async def _together(asks: Sequence[Ask], *, seconds: float, every: float) -> Figure:
    began = time.perf_counter()
    people = [
        _person(ask, wait=every * number / len(asks), until=began + seconds, every=every)
        for number, ask in enumerate(asks)
    ]
    times = sorted(itertools.chain.from_iterable(await asyncio.gather(*people)))
    spent = time.perf_counter() - began
    return Figure(len(times) / spent, 1000 * times[min(int(len(times) * 0.95), len(times) - 1)])


async def _person(ask: Ask, *, wait: float, until: float, every: float) -> list[float]:
    await asyncio.sleep(wait)
    connection = await connected(ask)
    times: list[float] = []
    for number in itertools.count(1):
        began = time.perf_counter()
        try:
            closing = await _answered(connection, ask, number)
        except (ConnectionError, asyncio.IncompleteReadError):  # the server closes a connection that is idle for long
            connection = await connected(ask)
            closing = await _answered(connection, ask, number)
        times.append(time.perf_counter() - began)
        if closing:
            connection[1].close()
            connection = await connected(ask)
        if time.perf_counter() >= until:
            break
        await asyncio.sleep(max(every - times[-1], 0))
    connection[1].close()
    return times


async def connected(ask: Ask) -> Connection:
    parts = urlsplit(ask.url)
    return await asyncio.open_connection(parts.hostname, parts.port)


async def _answered(connection: Connection, ask: Ask, number: int) -> bool:
    """Read one whole answer. True when the server closes the connection after it."""
    status, headers, body = await answer(connection, ask, number)
    if status != ask.expect:
        told = body[:500].decode(errors="replace")
        raise LoadError(f"{ask.method} {ask.url} answered {status}, not {ask.expect}: {told}")
    return headers.get("connection", "").lower() == "close"


async def answer(connection: Connection, ask: Ask, number: int = 0) -> tuple[int, dict[str, str], bytes]:
    """Status, headers in small letters, body."""
    reader, writer = connection
    writer.write(ask.on_the_wire(number))
    await writer.drain()
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    status = int(head.split(" ", 2)[1])
    lines = (line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    headers = {name.lower(): value for name, value in lines}
    body = b""
    if headers.get("transfer-encoding", "").lower() == "chunked":
        while size := int(await reader.readuntil(b"\r\n"), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readexactly(2)
    elif status not in (204, 304):
        body = await reader.readexactly(int(headers.get("content-length", 0)))
    return status, headers, body
