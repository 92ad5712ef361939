"""The renderer has no network and no files, whatever stands in a report."""

import io

import pikepdf
import pytest
from weasyprint.urls import URLFetcher

from ccm_portal.core.pdf import process, render
from reporting.domain.documents import composed_document
from reporting.domain.exports import export_text
from reporting.pdf.order import order
from tests.reporting.form import sample
from tests.reporting.pdf import hostile
from tests.reporting.pdf.samples import filed


@pytest.fixture
def canary(tmp_path):
    path = tmp_path / "canary.txt"
    path.write_text(hostile.CANARY)
    for folder in [tmp_path, *list(tmp_path.parents)[:3]]:
        folder.chmod(0o755)
    return path


@pytest.fixture
def listener(canary):
    with hostile.listening(canary) as listener:
        yield listener


@pytest.fixture
def attacks(listener, canary):
    return hostile.payloads(listener.address, canary)


def everything_in(pdf):
    """Every byte of a PDF, its streams unpacked, with what was attached by us left out."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for name in list(opened.attachments):
            if name.startswith("ccm-"):
                del opened.attachments[name]
        unpacked = io.BytesIO()
        opened.save(unpacked, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.specialized)
        streams = [
            thing.read_bytes() for thing in opened.objects if isinstance(thing, pikepdf.Stream) and _readable(thing)
        ]
        return unpacked.getvalue() + b"".join(streams)


def _readable(stream):
    return "/DCTDecode" not in str(stream.get("/Filter", ""))


def an_order(text_of_each, **version):
    """A report with one payload in each row, in several kinds of field."""
    rows = [{"measure": text, "content": f"{number} {text}"} for number, text in enumerate(text_of_each)]
    contact = {**sample.CONTACT, "organisation": " ".join(text_of_each[:3])[:900]}
    made = filed(
        header=sample.content.SectionState(answers=sample.fill("header", sample.PERIOD, rows={"contacts": [contact]})),
        national_measures=sample.changed("national_measures", {}, rows={"measures": rows}),
        contamination_clearance=sample.changed("contamination_clearance", {"programme.plan": "\n".join(text_of_each)}),
        **version,
    )
    data = export_text(made, "full")
    return order(composed_document(made, data=data, audience="full"), data=data, description="Data")


@pytest.mark.django_db
def test_nothing_a_report_says_reaches_the_network_or_a_file(attacks, listener):
    assert len(attacks) >= 40

    pdf = process.run(an_order(attacks))

    assert listener.hits == []
    assert hostile.CANARY.encode() not in everything_in(pdf)


def test_the_refusing_fetcher_holds_even_where_the_text_is_not_escaped(attacks, listener):
    pdf = render.document(raw(attacks))

    assert listener.hits == []
    assert hostile.CANARY.encode() not in everything_in(pdf)


def test_the_wall_of_the_process_holds_even_where_the_fetcher_is_open(attacks, listener, tmp_path):
    program = tmp_path / "render_open.py"
    guarded = process.PROGRAM.read_text()
    opened = guarded.replace('fetcher = fetcher or Nothing(order.get("pictures"))', "fetcher = URLFetcher()")
    assert opened != guarded
    program.write_text(opened)

    pdf = run_program(program, raw([text for text in attacks if "@font-face" not in text]))

    assert listener.hits == []
    assert hostile.CANARY.encode() not in everything_in(pdf)


def test_without_the_guards_the_same_text_does_reach_out(attacks, listener):
    """The control: it shows that the tests above could fail."""
    pdf = render.document(raw(attacks), fetcher=URLFetcher())

    assert len(set(listener.hits)) >= 15
    assert "/redirected" in listener.hits
    assert hostile.CANARY.encode() in everything_in(pdf)


def raw(attacks):
    """What an unescaped template would give the renderer."""
    return {
        "html": "<!doctype html><html lang=en><title>t</title><body>"
        + "".join(f"<div>{text}</div>" for text in attacks),
        "css": "",
        "identifier": "raw",
        "at": "2026-01-01T00:00:00+00:00",
        "attachments": [{"name": "ccm-data.json", "description": "d", "text": "{}"}],
    }


def run_program(program, told):
    kept, process.PROGRAM = process.PROGRAM, program
    try:
        return process.run(told)
    finally:
        process.PROGRAM = kept
