"""The measurements, each beside its aim."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from ccm_portal.bench import agendas, data, year
from ccm_portal.bench.load import Ask, Figure, as_fast_as_they_answer, at_peoples_pace, check, has_wrk
from ccm_portal.bench.scene import Scene, place
from ccm_portal.bench.visits import etag, first_visit, queries
from ccm_portal.core.due_items import due_items
from ccm_portal.core.models import User
from reporting.domain import imports
from reporting.enums import ReportKind
from reporting.form.content import FORMAT

ROUNDS = 3
SECONDS = 4
PACE_SECONDS = 10
# Pages are kept once they are drawn. These are asked for once each, so that each is drawn.
FEEDS = "iCalendar feeds, each drawn"
LISTS, REPORTS, AGENDAS = ("lists, each drawn", "reports, each drawn", "agendas, each drawn")
YEAR, YEARS = "calendar of a year", "calendars of a year, each drawn"
DRAWN = (LISTS, REPORTS, AGENDAS, FEEDS, YEARS)
AGENDA = f"agenda of {agendas.MANY} items"
FEED = "iCalendar feed of a meeting"


@dataclass(frozen=True)
class Row:
    """One figure, what it is held against, and whether it holds. Without an aim it is for information."""

    name: str
    told: str
    beside: str = ""
    aim: str = ""
    holds: bool = True


def speeds(scene: Scene, *, portal: str, bare: str, spent: Callable[[], float]) -> list[Row]:
    """`spent` tells the processor time of the servers and their database until now."""
    measured = median_of_rounds(asks(scene, portal=portal, bare=bare), spent)
    pace = with_processor_time(lambda: at_peoples_pace(saves(scene, portal), seconds=PACE_SECONDS, every=1), spent)
    print(f"Measured with {'wrk' if has_wrk() else 'our own client'}; {ROUNDS} rounds, the median.", flush=True)

    def beside(name: str, other: str, share: float | None = None) -> Row:
        one, base = measured[name], measured[other]
        ratio = one.requests_per_second / base.requests_per_second
        aim = f"at least {share:g} of it" if share else ""
        told = f"{ratio:.2f} of {other} ({base.processor_ms / one.processor_ms:.2f} by processor time)"
        return Row(name, in_words(one), told, aim, share is None or ratio >= share)

    return [
        *(Row(name, in_words(measured[name])) for name in ("bare: hello", "bare: 100 rows", "bare: save of a row")),
        beside("list of 50 reports", "bare: 100 rows", 0.5),
        beside(LISTS, "bare: 100 rows"),
        beside("a report", "bare: 100 rows", 0.5),
        beside(REPORTS, "bare: 100 rows"),
        beside(AGENDA, "bare: 100 rows", 0.5),
        beside(AGENDAS, "bare: 100 rows"),
        beside("a report again, unchanged (304)", "bare: hello", 0.25),
        beside("who has filed, who is late", "bare: 100 rows"),
        beside(FEED, "bare: 100 rows", 0.5),
        beside(FEEDS, "bare: 100 rows"),
        beside(YEAR, "bare: 100 rows", 0.5),
        beside(YEARS, "bare: 100 rows"),
        beside("autosave", "bare: save of a row", 0.3),
        Row(
            f"autosave, {len(scene.writers)} people, one save a second each",
            in_words(pace),
            aim="p95 under 50 ms",
            holds=pace.p95_ms < 50,
        ),
    ]


def in_words(figure: Figure) -> str:
    return f"{figure.requests_per_second:,.0f}/s, p95 {figure.p95_ms:.1f} ms, {figure.processor_ms:.2f} ms of processor"


def asks(scene: Scene, *, portal: str, bare: str) -> dict[str, list[Ask]]:
    read = portal + scene.report.get_absolute_url()
    return {
        "bare: hello": [Ask(f"{bare}/hello")],
        "bare: 100 rows": [Ask(f"{bare}/rows")],
        "bare: save of a row": [
            Ask(f"{bare}/save/{one.section}", "POST", body="Words number @@.", expect=204) for one in scene.writers
        ],
        "list of 50 reports": [Ask(portal + reverse("reporting:report-list"))],
        LISTS: [Ask(portal + path) for path in scene.unlisted],
        "a report": [Ask(read)],
        REPORTS: [Ask(portal + path) for path in scene.unread],
        AGENDA: [Ask(portal + agendas.address())],
        AGENDAS: [Ask(portal + path) for path in agendas.undrawn()],
        "a report again, unchanged (304)": [Ask(read, headers=(("If-None-Match", etag(read)),), expect=304)],
        "who has filed, who is late": [Ask(portal + reverse("reporting:filing-status", args=[data.LAST_YEAR]))],
        FEED: [Ask(portal + scene.feeds[0])],
        FEEDS: [Ask(portal + path) for path in scene.feeds[1:]],
        YEAR: [Ask(portal + year.address())],
        YEARS: [Ask(portal + path) for path in year.undrawn()],
        "autosave": saves(scene, portal),
    }


def saves(scene: Scene, portal: str) -> list[Ask]:
    """What the page of each writer sends when a box is left."""
    return [
        Ask(
            portal + one.save,
            "POST",
            headers=(("Cookie", one.cookies), ("X-CSRFToken", one.token), ("Content-Type", "application/json")),
            body=json.dumps(
                {"version": one.version, "page": f"bench{number}", "texts": {place(): "Words number @@."}, "keep": []}
            ),
        )
        for number, one in enumerate(scene.writers)
    ]


def median_of_rounds(all_asks: dict[str, list[Ask]], spent: Callable[[], float]) -> dict[str, Figure]:
    """The median of several rounds, each through everything, so that a disturbance hits one of them."""
    for name, some in all_asks.items():
        check(some[:1] if name in DRAWN else some)
    found: dict[str, list[Figure]] = {name: [] for name in all_asks}
    for turn in range(ROUNDS):
        for name, some in all_asks.items():
            part = some[turn::ROUNDS] if name in DRAWN else some
            found[name].append(with_processor_time(partial(as_fast_as_they_answer, part, seconds=SECONDS), spent))
    return {name: sorted(some, key=lambda one: one.requests_per_second)[ROUNDS // 2] for name, some in found.items()}


def with_processor_time(measure: Callable[[], Figure], spent: Callable[[], float]) -> Figure:
    before, began = spent(), time.perf_counter()
    figure = measure()
    requests = figure.requests_per_second * (time.perf_counter() - began)
    return replace(figure, processor_ms=1000 * (spent() - before) / requests)


def first_visits(scene: Scene, *, portal: str) -> list[Row]:
    one = scene.writers[0]
    reading = {
        "home": reverse("dashboard:home"),
        "list": reverse("reporting:report-list"),
        "report": scene.report.get_absolute_url(),
        "State": scene.report.state.get_absolute_url(),
        "who has filed": reverse("reporting:filing-status", args=[data.LAST_YEAR]),
        AGENDA: agendas.address(),
        YEAR: year.address(),
    }
    filing = {"task list": one.task_list, "section": one.page}
    return [
        *(bytes_row(name, first_visit(portal + path), 60) for name, path in reading.items()),
        *(bytes_row(name, first_visit(portal + path, cookies=one.cookies), 100) for name, path in filing.items()),
    ]


def bytes_row(name: str, size: int, aim: int) -> Row:
    return Row(f"first visit: {name}", f"{size / 1000:.1f} kB", aim=f"under {aim} kB", holds=size < aim * 1000)


def query_rows(scene: Scene) -> list[Row]:
    one = scene.writers[0]
    full = reverse("reporting:report-list")
    agenda, short = queries(agendas.address()), queries(agendas.address("bench-few"))
    many, few = queries(full), queries(f"{full}?state={scene.report.state.slug}&year={scene.report.year}")
    others = {
        "report": (scene.report.get_absolute_url(), ""),
        "who has filed": (reverse("reporting:filing-status", args=[data.LAST_YEAR]), ""),
        "State": (scene.report.state.get_absolute_url(), ""),
        "section": (one.page, one.cookies),
        FEED: (scene.feeds[0], ""),
        YEAR: (year.address(), ""),
    }
    return [
        Row("queries: list of 50", str(many), f"{few} for one row", "at most 6, constant", many <= 6 and many <= few),
        Row(f"queries: {AGENDA}", str(agenda), f"{short} for {agendas.FEW}", "constant", agenda <= short),
        *(Row(f"queries: {name}", str(queries(path, cookies=cookies))) for name, (path, cookies) in others.items()),
    ]


def sweep_row() -> Row:
    seconds = quickest(lambda: len(list(due_items(on=data.NOW.date()))))
    found = len(list(due_items(on=data.NOW.date())))
    return Row(f"due items of every State ({found})", f"{seconds:.2f} s", aim="under 0.5 s", holds=seconds < 0.5)


def import_row(scene: Scene) -> Row:
    """A report with a table of 10,000 rows, read from a file and stored; then undone."""
    row = {
        "munition_type": "A made-up type",
        "munitions": "about 1,200",
        "submunitions_each": 150,
        "lot_numbers": "2-76",
    }
    told = {
        "format": FORMAT,
        "state": scene.report.state.iso3,
        "kind": ReportKind.VOLUNTARY,
        "year": data.LAST_YEAR,  # of the year after it each writer has a draft
        "language": "en",
        "sections": {"stockpiles": {"parts": {"stocks": {"rows": [row] * 10_000}}}},
    }
    content, began = json.dumps(told).encode(), time.perf_counter()
    with transaction.atomic():
        read = imports.read_file(data=content, name="large.json")
        imports.import_draft(told=read, by=User.objects.order_by("pk")[0], at=data.NOW)
        seconds = time.perf_counter() - began
        transaction.set_rollback(True)
    return Row("import of 10,000 rows from a file", f"{seconds:.1f} s", aim="under 60 s", holds=seconds < 60)


def quickest(work: Callable[[], object]) -> float:
    times = []
    for _turn in range(3):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def pdf_row(scene: Scene) -> Row:
    told = drawn([scene.long_version])
    return Row(
        f"tagged PDF of {told['pages']} pages",
        f"{told['seconds']:.1f} s of processor time, {told['megabytes']:.0f} MB",
        aim="20 pages under 5 s",
        holds=told["seconds"] < 5 * max(told["pages"], 20) / 20,
    )


def pdfs_row(scene: Scene) -> Row:
    """Every State files on the last day: what one worker then draws, one document after the other."""
    told = drawn(scene.last_day)
    return Row(
        f"PDFs of {told['documents']} reports in a row ({told['pages']} pages)",
        f"{told['wall_seconds']:.0f} s, {told['seconds']:.0f} s of processor time, {told['megabytes']:.0f} MB at most",
        aim="under 600 s",
        holds=told["wall_seconds"] < 600,
    )


def drawn(versions: list[int]) -> dict[str, float]:
    """Drawn in a process of its own, so that its memory is nobody else's."""
    command = [sys.executable, "-m", "ccm_portal.bench.paper", *map(str, versions)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=settings.BASE_DIR)
    told: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return told


def show(rows: list[Row]) -> None:
    wide = [max(len(getattr(row, name)) for row in rows) for name in ("name", "told", "beside", "aim")]
    print()
    for row in rows:
        cells = [row.name.ljust(wide[0]), row.told.ljust(wide[1]), row.beside.ljust(wide[2]), row.aim.ljust(wide[3])]
        verdict = ("" if row.holds else "MISSED") if row.aim else ""
        print("  ".join([*cells, verdict]).rstrip())
    missed = [row.name for row in rows if not row.holds]
    print(f"\nMissed: {', '.join(missed)}." if missed else "\nEvery aim holds.")
