"""Receipts, and the program that checks them without the portal."""

import ast
import copy
import json
import subprocess
import sys
from pathlib import Path

import pytest

from reporting import receipt_check
from reporting.form import receipts
from tests.reporting.form.sample import changed, receipt, report, salts

PROGRAM = Path(receipt_check.__file__)
SITES = "stockpiles/destruction_sites"


def filed():
    return report(
        stockpiles=changed(
            "stockpiles",
            {},
            rows={
                "stocks": [{"munition_type": "РБК-500 «été» 中文", "munitions": "12", "lot_numbers": "2-76"}],
                "destruction_sites": [{"site": "Secret Valley"}],
            },
        )
    )


def exported(withheld=()):
    of = filed()
    return receipts.canonical(receipts.public_export(of, salts(of), receipt(of), withheld))


def test_canonical_json_has_one_writing():
    assert receipts.canonical({"b": ["é", True, None], "a": 1}) == '{"a":1,"b":["é",true,null]}'.encode()


@pytest.mark.parametrize("odd", [1.5, {1: "a"}, "e\u0301", float("nan"), {"a": {1, 2}}])
def test_canonical_json_refuses_what_could_be_written_in_two_ways(odd):
    with pytest.raises(ValueError):
        receipts.canonical(odd)


def test_the_parts_of_a_report_have_an_order():
    assert receipts.part_names(filed()) == [
        "report",
        "header/contacts",
        "header/period",
        "national_measures/measures",
        "stockpiles/destruction_sites",
        "stockpiles/stocks",
    ]


def test_a_receipt_says_what_was_filed_when_and_holds_a_digest_for_each_part():
    of = filed()

    made = receipt(of)

    assert {key: value for key, value in made.items() if key not in ("digests", "hash")} == {
        "format": "ccm-receipt/1",
        "number": "CCM-2026-0001",
        "state": "LAO",
        "report": "2025",
        "version": 1,
        "provenance": "demo",
        "filed_at": "2026-04-29T22:02:00Z",
        "due": "2026-04-30",
        "days_late": 0,
    }
    assert [name for name, _digest in made["digests"]] == receipts.part_names(of)
    assert made["hash"] == receipt_check.receipt_hash(made)
    assert made == receipt(filed())


def test_another_salt_gives_another_digest_so_that_nobody_can_guess_a_withheld_part():
    part = {"none": True, "rows": []}

    assert receipt_check.digest("00", part) != receipt_check.digest("01", part)


def test_a_whole_export_and_a_public_one_both_verify():
    assert [receipt_check.check(exported()), receipt_check.check(exported([SITES]))] == [[], []]


def test_a_withheld_part_leaves_its_digest_and_nothing_else():
    public = exported([SITES])
    digest = dict(map(tuple, receipt(filed())["digests"]))[SITES]

    assert b"Secret Valley" in exported()
    assert b"Secret Valley" not in public
    assert salts(filed())[SITES].encode() not in public
    assert digest.encode() in public


@pytest.mark.parametrize("withheld", [["report"], ["stockpiles/nowhere"]])
def test_only_parts_that_are_there_can_be_withheld(withheld):
    with pytest.raises(ValueError, match="These parts cannot be withheld"):
        receipts.public_content(filed(), withheld)


def changed_export(change):
    export = json.loads(exported([SITES]))
    change(export)
    return receipt_check.problems(export)


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        (
            lambda e: e["report"]["sections"]["stockpiles"]["parts"]["stocks"]["rows"][0]["cells"]["munitions"].update(
                number=13
            ),
            ["The part “stockpiles/stocks” is not what was filed."],
        ),
        (
            lambda e: e["report"]["sections"]["conversion"].update(standing="changed"),
            ["The part “report” is not what was filed."],
        ),
        (
            lambda e: e["report"]["sections"]["header"]["parts"].pop("contacts"),
            ["The part “header/contacts” is missing."],
        ),
        (
            lambda e: e["report"]["sections"]["conversion"]["parts"].update(facilities={"none": True, "rows": []}),
            ["The part “conversion/facilities” was not filed."],
        ),
        (lambda e: e["salts"].pop("report"), ["The salt of the part “report” is missing."]),
        (lambda e: e["withheld"].append("x/y"), ["The receipt does not know a part “x/y”."]),
        (
            lambda e: e["receipt"].update(days_late=3),
            ["The receipt has been changed: its hash does not fit what it says."],
        ),
        (
            lambda e: e["salts"].update({SITES: "00"}),
            [f"The part “{SITES}” is said to be withheld, but it is there."],
        ),
        (
            lambda e: e.update(note="hello"),
            ["This file is not an exported report that this program knows (ccm-article7-export/1)."],
        ),
    ],
)
def test_what_was_changed_is_said(change, sentences):
    assert changed_export(change) == sentences


def test_one_changed_byte_anywhere_is_noticed():
    whole = exported([SITES])
    unnoticed = []
    for at in range(len(whole)):
        bent = bytearray(whole)
        bent[at] ^= 1
        try:
            problems = receipt_check.check(bytes(bent))
        except ValueError as refused:
            problems = [str(refused)]
        if not problems:
            unnoticed.append((at, whole[max(0, at - 20) : at + 20]))

    assert unnoticed == []


def run(tmp_path, content, *arguments):
    file = tmp_path / "report.json"
    file.write_bytes(content)
    program = tmp_path / "receipt_check.py"
    program.write_bytes(PROGRAM.read_bytes())
    done = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", str(program), str(file), *arguments],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=False,
    )
    return done.returncode, done.stdout.splitlines(), done.stderr


def test_the_program_alone_says_that_all_is_well(tmp_path):
    proof = receipt(filed())["hash"]

    assert run(tmp_path, exported([SITES]), proof) == (
        0,
        [
            "OK: this is the report 2025 of LAO, version 1, as filed on 2026-04-29T22:02:00Z.",
            f"Receipt CCM-2026-0001, hash {proof}.",
            "Not in this copy, and not checked: stockpiles/destruction_sites.",
        ],
        "",
    )


def test_the_program_compares_with_a_receipt_that_was_kept(tmp_path):
    kept = tmp_path / "receipt.json"
    kept.write_bytes(receipts.canonical(receipt(filed())))
    proof = receipt(filed())["hash"]

    code, said, _errors = run(tmp_path, exported(), str(kept))
    pasted = [run(tmp_path, exported(), f"{lead}{proof}")[0] for lead in ("", "sha256 ", "sha256:")]
    other_code, other_said, _errors = run(tmp_path, exported(), "0" * 64)

    assert pasted == [0, 0, 0]
    assert (code, said[0]) == (0, "OK: this is the report 2025 of LAO, version 1, as filed on 2026-04-29T22:02:00Z.")
    assert (other_code, other_said) == (
        1,
        [f"DIFFERS: The receipt in this file is not the one you kept: its hash is {proof}."],
    )


def test_the_program_says_what_differs(tmp_path):
    content = exported().replace(b'"number":12,', b'"number":13,')

    assert run(tmp_path, content) == (1, ["DIFFERS: The part “stockpiles/stocks” is not what was filed."], "")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"[]", "NOT READABLE: This file is not an exported report."),
        (b'{"a":1,"a":2}', "NOT READABLE: A key stands twice in one object."),
        (b'{"a":1.5}', "NOT READABLE: 1.5 is a number that cannot stand here."),
    ],
)
def test_the_program_says_what_it_cannot_read(tmp_path, content, sentence):
    assert run(tmp_path, content) == (2, [sentence], "")


def test_an_export_with_a_hole_in_it_is_not_readable(tmp_path):
    export = json.loads(exported())
    del export["receipt"]["digests"]

    code, said, errors = run(tmp_path, json.dumps(export).encode())

    assert (code, said, errors) == (2, ["NOT READABLE: Something is missing or out of place: 'digests'."], "")


def test_the_program_is_python_3_8_and_stands_alone():
    tree = ast.parse(PROGRAM.read_text(encoding="utf-8"), feature_version=(3, 8))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }

    assert imported <= {"__future__", "collections", "hashlib", "json", "re", "sys", "typing", "unicodedata"}


def test_withholding_leaves_the_report_itself_untouched():
    of = filed()
    before = copy.deepcopy(of)

    receipts.public_export(of, salts(of), receipt(of), [SITES])

    assert of == before
