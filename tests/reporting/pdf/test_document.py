"""A document is a PDF/A-3a and a PDF/UA-1 in one file, says what was filed, and carries its data."""

import io
import json
import subprocess
import sys
from functools import cache

import page
import pikepdf
import pydyf
import pytest

from ccm_portal.core.pdf import process, render
from ccm_portal.core.pdf.texts import Text, direction_of, printable
from reporting.domain import exports
from reporting.domain.documents import composed_document
from reporting.enums import Audience
from reporting.form.content import SectionState
from reporting.pdf.order import order
from tests.reporting.form import sample
from tests.reporting.pdf.samples import filed

pytestmark = pytest.mark.django_db

PLAN = {
    "en": "Survey and clearance released 31.9 km² in 2025. Next comes Xépôn, then ສະຫວັນນະເຂດ.",
    "fr": "Les opérations ont libéré 31,9 km² en 2025 : « Xépôn » d’abord.",
    "es": "La limpieza liberó 31,9 km² en 2025. ¿Después? El sur.",
    "ru": "В 2025 году было освобождено 31,9 км² земли.",
    "ar": "أُفرج عن 31.9 كم² في عام 2025 (BLU-26). وتواصل السلطة الوطنية المسح في كل مقاطعة.",
    "zh-hans": "2025年通过调查和清除释放了31.9平方公里土地（BLU-26）。国家主管部门继续进行调查。",
}


def a_report(language="en", **more):
    """One with a wide table, long texts, an unchanged section and another script in a cell."""
    areas = [
        {
            "area_id": f"2-{number}",
            "province": "سافاناخيت" if language == "ar" else "Savannakhet 沙湾拿吉",
            "district": "Xepon",
            "village": f"Village {number}",
            "location": "16.69, 106.22",
            "size": f"{number * 13} ha",
            "weapon_type": "BLU-26 😀",
            "quantity": f"about {number * 11}",
            "when_used": "1964 to 1973",
        }
        for number in range(1, 40)
    ]
    return filed(
        language=language,
        stockpiles=sample.unchanged(),
        contamination_clearance=sample.changed(
            "contamination_clearance",
            {"programme.plan": "\n".join([PLAN[language] * 5] * 3), "programme.obstacles": PLAN[language]},
            rows={"known_areas": areas},
            none=["suspected_areas"],
        ),
        **more,
    )


def made(version, audience=Audience.PUBLIC):
    """The document; the same order is set once for all tests here."""
    return _set(json.dumps(order_of(version, audience)))


@cache
def _set(told):
    return process.run(json.loads(told))


def opened(pdf):
    return pikepdf.open(io.BytesIO(pdf))


@pytest.mark.parametrize("language", PLAN)
def test_it_passes_as_an_archive_file_and_as_accessible(language, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(made(a_report(language)))

    for profile in (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1):
        result = str(page.validate_pdf(str(path), profile=profile))
        assert "Result: no failures in implemented checks" in result, result


@pytest.mark.parametrize(
    "words", ["हिन्दी ภาษาไทย ភាសាខ្មែរ ລາວ 한국어 አማርኛ", "𝐀 ✓ ₭ \u200e\u00ad\u2060 e\u0323 😀🇱🇦 ☎\ufe0f"]
)
def test_so_it_does_with_other_scripts_and_signs(words, tmp_path):
    path = tmp_path / "report.pdf"
    plan = sample.changed("contamination_clearance", {"programme.plan": words})
    path.write_bytes(made(filed(contamination_clearance=plan)))
    for profile in (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1):
        result = str(page.validate_pdf(str(path), profile=profile))
        assert "Result: no failures in implemented checks" in result, result


def test_a_stream_that_ends_with_a_carriage_return_is_told_from_the_end_of_its_line():
    ends = [pydyf.Stream([content]).data[-14:] for content in (b"abc\r", b"abc\n", b"abc")]
    assert ends == [b"abc\r\r\nendstream"[-14:], b"abc\n\nendstream"[-14:], b"m\nabc\nendstream"[-14:]]


def test_the_check_itself_can_fail(tmp_path, monkeypatch):
    """Without what we add to the metadata the same document is not accessible by its own word."""
    monkeypatch.setattr(render, "_say_universal_access", lambda pdf: None)
    path = tmp_path / "report.pdf"
    path.write_bytes(render.document(order_of(a_report())))
    assert "no failures" not in str(page.validate_pdf(str(path), profile=page.ValidationProfile.PDF_UA_1))


def order_of(version, audience=Audience.PUBLIC):
    data = exports.export_text(version, audience)
    return order(composed_document(version, data=data, audience=audience), data=data, description="Data")


@pytest.mark.parametrize("audience", Audience.values)
def test_the_data_are_inside_byte_for_byte_and_prove_the_receipt(audience, tmp_path):
    version = a_report(withheld=["contamination_clearance/programme"])

    with opened(made(version, audience)) as pdf:
        [name] = pdf.attachments
        specification = pdf.attachments[name]
        taken = specification.get_file().read_bytes()
        relationship = specification.obj.AFRelationship
        kind = specification.get_file().mime_type

    served = version.public_content if audience == "public" else exports.export_text(version, "full")
    assert (name, relationship, kind) == ("ccm-lao-pdr-2025-v1.json", "/Source", "application/json")
    assert taken == served.encode()
    path = tmp_path / name
    path.write_bytes(taken)
    program = subprocess.run(
        [sys.executable, exports.__file__.replace("domain/exports.py", "receipt_check.py"), path, version.content_hash],
        capture_output=True,
        text=True,
        check=False,
    )
    assert program.returncode == 0, program.stdout + program.stderr


def test_what_is_kept_for_states_parties_is_nowhere_in_the_public_copy():
    version = a_report(withheld=["contamination_clearance/programme"])
    public, full = (
        str(composed_document(version, data=exports.export_text(version, who), audience=who))
        for who in ("public", "full")
    )

    assert PLAN["en"] in full
    assert PLAN["en"] not in public
    assert "This part is for States Parties only." in public
    assert PLAN["en"] not in version.public_content


def test_the_receipt_on_the_cover_is_the_one_that_was_stored():
    version = a_report()
    document = composed_document(version, data=exports.export_text(version, "public"), audience="public")
    assert (document.receipt.number, document.receipt.hash) == (version.receipt_number, version.content_hash)
    html = order_of(version)["html"]
    assert html.count(version.receipt_number) >= 3
    assert all(f">{group}<" in html for group in document.receipt.hash_in_groups)
    assert "".join(document.receipt.hash_in_groups) == version.content_hash
    with opened(made(version)) as pdf:
        assert version.content_hash in str(pdf.docinfo["/Keywords"])
        assert pdf.docinfo["/Title"] == "Lao People's Democratic Republic: Report for 2025"


def test_made_twice_it_is_the_same_to_the_last_byte():
    told = order_of(a_report())
    assert process.run(told) == process.run(told)


def test_bookmarks_lead_to_every_form_and_part():
    with opened(made(a_report())) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        parts = [child.title for item in outline.root for child in item.children]
    assert titles[0] == "Lao People's Democratic Republic"
    assert [title.split(".")[0][:6] for title in titles if title.startswith("Form")] == [
        f"Form {letter}" for letter in "ABCDEFGHIJ"
    ]
    assert "Areas known to be contaminated" in parts


def test_the_contents_and_the_pages_are_links_that_lead_somewhere():
    with opened(made(a_report())) as pdf:
        links = [
            annotation
            for sheet in pdf.pages
            for annotation in sheet.get("/Annots", [])
            if annotation.get("/Subtype") == "/Link"
        ]
        actions = {str(link.get("/A", {}).get("/URI", "")) for link in links}
    assert len(links) >= 25
    assert actions == {""}  # all of them lead into the document itself


@pytest.mark.parametrize(
    ("language", "direction", "told"), [("en", "ltr", "en"), ("ar", "rtl", "ar"), ("zh-hans", "ltr", "zh-Hans")]
)
def test_it_says_its_language_and_runs_its_way(language, direction, told):
    version = a_report(language)
    assert f'<html lang="{told}" dir="{direction}">' in order_of(version)["html"]
    with opened(made(version)) as pdf:
        assert str(pdf.Root.Lang) == told


def test_lateness_is_told_as_it_was_recorded_and_demonstration_data_are_marked():
    version = a_report()
    document = composed_document(version, data=exports.export_text(version, "public"), audience="public")
    facts = {fact.label: fact.text.text for fact in document.facts}
    assert facts["Due"] == "30 April 2026; filed 206 days late"
    assert facts["Filed"] == "22 November 2026, 16:41 UTC"
    assert facts["Source"] == "Demonstration data"
    html = order_of(version)["html"]
    assert html.count("Demonstration data") >= 3


def test_a_report_that_is_no_demonstration_bears_no_such_mark():
    assert "Demonstration" not in order_of(a_report(provenance="portal"))["html"]


def test_a_correction_says_which_version_it_is_and_why():
    version = a_report()
    version.number, version.note = 2, "The table of areas was cut off."
    document = composed_document(version, data=exports.export_text(version, "public"), audience="public")
    assert {f.label: f.text.text for f in document.facts}[
        "Version"
    ] == "2, a correction: The table of areas was cut off."


def test_provisional_figures_are_marked_on_the_cover():
    version = a_report()
    data = json.loads(exports.export_text(version, "public"))
    data["report"]["provisional"] = True

    document = composed_document(version, data=json.dumps(data), audience="public")

    assert (document.facts[0].label, document.facts[0].text.text) == (
        "Figures",
        "The figures are provisional; a correction will follow.",
    )


def test_a_report_that_came_on_paper_is_not_said_to_be_filed_here():
    version = a_report(provenance="iso")
    data = json.loads(exports.export_text(version, "public"))
    told = []
    for due in ("2026-04-30", None):
        data["receipt"]["due"] = due
        document = composed_document(version, data=json.dumps(data), audience="public")
        told.append([(fact.label, fact.text.text) for fact in document.facts[1:3]])
    assert told == [
        [("Received on paper", "22 November 2026"), ("Due", "30 April 2026; filed 206 days late")],
        [
            ("Entered from paper", "22 November 2026; the day on which it was received is not known"),
            ("Language", "English"),
        ],
    ]


# Words


def test_markup_in_an_answer_is_text():
    version = filed(
        contamination_clearance=sample.changed(
            "contamination_clearance", {"programme.plan": "<b>{{7*7}}</b> & {% now %}"}
        )
    )
    assert "&lt;b&gt;{{7*7}}&lt;/b&gt; &amp; {% now %}" in order_of(version)["html"]


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Xepon", "ltr"),
        ("سيبون", "rtl"),
        ("12 سيبون", "rtl"),
        ("+856 21 1", "ltr"),
        ("1964 – 1973", ""),
        ("—", ""),
        ("", ""),
    ],
)
def test_a_text_runs_by_its_first_letter(text, direction):
    assert direction_of(text) == direction


def test_what_cannot_be_drawn_is_left_out_or_named():
    assert printable("a\x00b\x07\ufffe\ue000\u200d") == "ab\u200d"
    assert printable("ok 😀 🇱") == "ok [grinning face] [regional indicator symbol letter l]"


def test_each_paragraph_runs_its_own_way():
    assert [(p.text, p.direction) for p in Text("Land\r\n\r\nأرض\tx\n \n42").paragraphs] == [
        ("Land", "ltr"),
        ("أرض x", "rtl"),
        ("42", "ltr"),
    ]


def test_a_header_without_contacts_is_still_a_document():
    version = filed(header=SectionState(answers={"parts": {}}))
    assert json.loads(version.content)["sections"]["header"]["parts"] == {}
    assert made(version).startswith(b"%PDF-1.7")
