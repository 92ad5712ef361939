"""No report is too large for a document: what does not fit stands in the attached data, and the document says so."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
import weasyprint

from ccm_portal.core.pdf import process
from ccm_portal.core.pdf.process import NotRendered
from ccm_portal.core.pdf.widths import shares
from reporting.domain import exports
from reporting.domain.documents import composed_document
from reporting.form.sentences import Block, Column, Entry, Presented, Row
from reporting.pdf.limits import Budget, Limits
from reporting.pdf.order import order
from tests.reporting.form import sample
from tests.reporting.pdf.samples import filed


def section(*blocks):
    return Presented("s", "A", "Section", (), "changed", "", blocks)


def table(rows, columns=4, text="word"):
    return Block(
        "t",
        "Table",
        columns=tuple(Column(str(n), "Label", False) for n in range(columns)),
        rows=tuple(Row(str(n), (text,) * columns) for n in range(rows)),
    )


def texts(*lengths):
    return Block("f", "Texts", entries=tuple(Entry(str(n), "Label", "x" * length) for n, length in enumerate(lengths)))


def test_a_report_of_usual_size_is_set_whole():
    assert Budget().limits([section(table(300), texts(5000, 20_000))]) == Limits(rows=300, letters=20_000)


def test_large_tables_are_all_cut_at_the_same_row_and_small_ones_are_not():
    limits = Budget(cells=1000, letters=10**6).limits([section(table(20), table(900), table(700))])
    assert 20 < limits.rows < 160
    assert 4 * (20 + 2 * limits.rows) <= 1000


def test_long_texts_are_cut_at_the_same_length():
    limits = Budget(cells=100, letters=9000).limits([section(texts(100, 50_000, 8000))])
    assert 100 + 2 * limits.letters <= 9000


def test_a_few_rows_and_words_always_stand():
    assert Budget(cells=1, letters=1).limits([section(table(50), texts(5000))]) == Limits(rows=5, letters=200)


def test_each_attempt_asks_for_less():
    assert [Budget(1600, 3200).for_attempt(attempt) for attempt in (1, 2, 3)] == [
        Budget(1600, 3200),
        Budget(400, 800),
        Budget(100, 200),
    ]


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        (["A"], [["x"]]),
        (["A", "B"], [["x", "y" * 500]]),
        (["Area", "Province", "Notes"], [["1", "Savannakhet", "word " * 90]] * 3),
        ([str(n) for n in range(14)], [["x" * n for n in range(14)]]),
        (["A", "B"], []),
    ],
)
def test_columns_share_the_width_and_none_vanishes(labels, rows):
    found = shares(labels, rows)
    assert sum(found) == 100
    assert min(found) >= 4


def test_the_column_with_more_in_it_is_wider():
    area, notes = shares(["Area", "Notes"], [["7", "a long remark on this area " * 5]])
    assert notes > 1.5 * area


# With real reports


def huge(rows=20_000, letters=0):
    """As many rows as a State could ever list."""
    areas = {
        "none": False,
        "rows": [
            {
                "id": f"r{number}",
                "cells": {
                    "area_id": {"is": "given", "text": f"2-{number}", "from": "typed"},
                    "province": {"is": "given", "text": "Savannakhet", "from": "typed"},
                    "village": {"is": "given", "text": f"Village {number}", "from": "typed"},
                },
            }
            for number in range(1, rows + 1)
        ],
    }
    answers = sample.fill("contamination_clearance", {"programme.plan": "Plan. " * (letters // 6)})
    answers["parts"]["known_areas"] = areas
    return filed(contamination_clearance=sample.content.SectionState(standing="changed", answers=answers))


def the_order(version, attempt=1):
    data = exports.export_text(version, "public")
    composed = composed_document(version, data=data, audience="public", attempt=attempt)
    return order(composed, data=data, description="Data")


@pytest.mark.django_db
def test_twenty_thousand_rows_and_a_million_letters_become_a_document_within_the_limits():
    version = huge(20_000, letters=1_000_000)
    told = the_order(version)
    assert "more rows stand in the attached data, ccm-lao-pdr-2025-v1.json." in told["html"]
    assert "The whole text stands in the attached data." in told["html"]

    pdf = process.run(told)

    assert len(pdf) < 25 * 1024 * 1024
    assert version.public_content in told["attachments"][0]["text"]


@pytest.mark.django_db
def test_a_second_attempt_sets_less():
    version = huge(3000)
    first, second = the_order(version), the_order(version, attempt=2)
    assert len(second["html"]) < len(first["html"]) / 2
    assert second["attachments"] == first["attachments"]


# What no budget foresees


def raw(html, css=""):
    return {
        "html": f"<!doctype html><html lang=en><title>t</title><body>{html}",
        "css": css,
        "identifier": "raw",
        "at": "2026-01-01T00:00:00+00:00",
        "attachments": [{"name": "a.json", "description": "d", "text": "{}"}],
    }


ENDLESS = raw("<p>word</p>" * 200_000, "@page { size: 30px 30px; margin: 0 }")


def test_a_document_that_takes_too_much_processor_time_is_stopped():
    begun = time.monotonic()
    with pytest.raises(NotRendered, match="the renderer ended with -"):
        process.run(ENDLESS, seconds=2, wall=60, megabytes=2000)
    assert time.monotonic() - begun < 30


def test_a_document_that_takes_too_long_is_stopped():
    with pytest.raises(NotRendered, match="it took longer than 2 seconds"):
        process.run(ENDLESS, seconds=50, wall=2, megabytes=2000)


def test_a_document_that_takes_too_much_memory_is_stopped():
    with pytest.raises(NotRendered, match="MemoryError|the renderer ended"):
        process.run(ENDLESS, seconds=30, wall=60, megabytes=150)


def test_deep_nesting_is_refused_and_does_not_take_the_worker_with_it():
    with pytest.raises(NotRendered):
        process.run(raw("<div>" * 4_000 + "x"), seconds=5, wall=30)


def test_the_renderer_gets_nothing_of_our_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "canary")
    program = tmp_path / "tells.py"
    program.write_text("import os, sys; sys.stdin.read(); sys.stderr.write(repr(sorted(os.environ))); sys.exit(3)")
    monkeypatch.setattr(process, "PROGRAM", program)
    with pytest.raises(NotRendered) as refused:
        process.run(raw(""))
    assert str(refused.value) == "the renderer ended with 3: ['LC_ALL', 'TZ']"


ATTEMPTS = """
import importlib.util, json, os, socket, subprocess, sys, urllib.request
spec = importlib.util.spec_from_file_location("render", sys.argv[1])
render = importlib.util.module_from_spec(spec)
spec.loader.exec_module(render)
render.confine(seconds=30, megabytes=512)
sys.addaudithook(render._wall)

def told(attempt):
    try:
        return repr(attempt())
    except BaseException as refusal:
        return type(refusal).__name__

def write():
    with open(sys.argv[2], "wb") as file:
        file.write(b"x" * 10)

print(json.dumps({
    "a file of the machine": told(lambda: open("/etc/hostname").read()),
    "a file of the portal": told(lambda: open(sys.argv[1]).read()),
    "writing": told(write),
    "a program": told(lambda: subprocess.run(["true"])),
    "another way to a program": told(lambda: os.system("true")),
    "a socket": told(lambda: socket.socket().connect(("127.0.0.1", 9))),
    "a name": told(lambda: socket.getaddrinfo(b"example.org", 80)),
    "an address": told(lambda: urllib.request.urlopen("http://127.0.0.1:9/")),
    "the account": os.geteuid() == 0 or os.getuid() == 0,
}))
"""


def test_the_process_of_the_renderer_can_reach_nothing(tmp_path):
    command = [sys.executable, "-I", "-c", ATTEMPTS, process.PROGRAM, tmp_path / "written"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/")
    told = json.loads(done.stdout)
    as_root = told.pop("the account")
    assert set(told.values()) == {"PermissionError"}, told
    anybody_may_read = all(folder.stat().st_mode & 0o001 for folder in Path(weasyprint.__file__).resolve().parents)
    assert as_root is False or not anybody_may_read
    assert not (tmp_path / "written").exists()
