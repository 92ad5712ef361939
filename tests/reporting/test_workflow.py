"""The arrows, listed by hand."""

import rules

from reporting.workflow import REPORT_TRANSITIONS


def test_the_arrows_of_a_report():
    assert {(t.name, frozenset(t.sources), t.target, t.perm) for t in REPORT_TRANSITIONS} == {
        ("file", frozenset({"draft"}), "filed", "reporting.file_report"),
        ("correct", frozenset({"filed"}), "filed", "reporting.file_report"),
        ("recall", frozenset({"filed"}), "recalled", "reporting.recall_report"),
        ("reinstate", frozenset({"recalled"}), "filed", "reporting.recall_report"),
    }


def test_every_arrow_asks_for_a_permission_that_exists():
    assert [t.perm for t in REPORT_TRANSITIONS if not rules.perm_exists(t.perm)] == []
