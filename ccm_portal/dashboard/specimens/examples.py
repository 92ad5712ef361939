"""What each component is given in the style guide. ``words`` is one language's sentences, ``key`` keeps ids apart."""

from datetime import UTC, date, datetime

from django import forms
from django.core.paginator import Paginator

from ccm_portal.core.tick_lists import TickList
from reporting.form.differences import Change, Difference, PartChange, RowChange, SectionChange
from reporting.form.workbook_review import CHANGED, NEW, CellChange
from reporting.form.workbook_review import RowChange as WorkbookRow

TODAY = date(2026, 11, 23)
FILED = datetime(2026, 11, 22, 16, 41, tzinfo=UTC)
DIGEST = "9f2c41d077ab5e13b0c6a4d28e917f35cc04b1e6d2a7583f96e0417bb8d35a2c"

# A corner of the map: column, row, code, standing.
SQUARES = (
    (7, 2, "IRL", "state_party"), (8, 2, "LUX", "state_party"), (9, 2, "LIE", "state_party"),
    (10, 2, "AUT", "state_party"), (11, 2, "SVN", "state_party"), (12, 2, "HUN", "state_party"),
    (13, 2, "SVK", "state_party"), (14, 2, "MDA", "state_party"), (15, 2, "UKR", "non_party"),
    (13, 1, "LTU", "withdrawn"), (12, 1, "POL", "non_party"), (14, 3, "BGR", "state_party"),
    (13, 3, "ROU", "non_party"), (12, 3, "SRB", "non_party"), (8, 3, "FRA", "state_party"),
    (9, 3, "CHE", "state_party"), (14, 4, "CYP", "signatory"), (13, 4, "MKD", "state_party"),
    (12, 4, "MNE", "state_party"), (15, 4, "SYR", "non_party"), (7, 4, "PRT", "state_party"),
)  # fmt: skip


def _comment(words: dict, pk: str, *, settled: bool) -> dict:
    somebody = {"name": words["person"]}
    return {
        "pk": pk,
        "written_by": somebody,
        "written_at": FILED,
        "text": words["obstacles_comment"],
        "place": words["obstacles"],
        "settled_by": somebody,
        "settled_at": FILED if settled else None,
    }


def examples(words: dict, key: str) -> dict:
    return {
        "w": words,
        "key": key,
        "today": TODAY,
        "comments": [_comment(words, f"{key}-1", settled=False), _comment(words, f"{key}-2", settled=True)],
        "filed_at": FILED,
        "ends": datetime(2027, 5, 1, 12, 0, tzinfo=UTC),
        "due": date(2027, 4, 30),
        "year_ends": date(2026, 12, 31),
        "overdue": date(2026, 11, 1),
        "in_force": date(2010, 8, 1),
        "base": date(2020, 8, 1),
        "granted": date(2030, 8, 1),
        "digest": DIGEST,
        "difference": _difference(words),
        "drawn": {"pages": 3, "before": "?", "after": "?", "starts": 51, "ends": 100, "all": 120},
        "workbook_rows": _workbook_rows(words),
        "floor": _floor(words),
        "tokens": [
            "paper",
            "wash",
            "tint",
            "line",
            "edge",
            "ink",
            "ink-soft",
            "brand",
            "brand-mid",
            "signal",
            "good",
            "warn",
            "bad",
        ],
        "badges": [
            {"status": status, "label": words[word]}
            for status, word in (
                ("on-time", "on_time"),
                ("late", "late"),
                ("missing", "missing"),
                ("not-due", "not_due"),
                ("done", "done"),
                ("unchanged", "unchanged"),
                ("changed", "changed"),
                ("yours", "yours"),
                ("in-progress", "in_progress"),
                ("waiting", "waiting"),
                ("filed", "filed"),
                ("acknowledged", "acknowledged"),
                ("draft", "draft"),
                ("state_party", "party"),
                ("signatory", "signatory"),
            )
        ],
        "figures": [
            {"value": "112", "label": words["parties"]},
            {"value": "61 / 109", "label": words["count"]},
            {"value": "9", "label": words["never"], "yours": True},
        ],
        "form": _form(words, key),
        "problems": [{"text": words["problem"], "href": f"#id_{key}-stock"}],
        "remarks": [{"text": words["remark"], "href": f"#{key}-rows"}],
        "tasks": _tasks(words),
        "answers": _answers(words),
        "table": _table(words),
        "editor": _editor(words, key),
        "events": _events(words),
        "marks": _marks(words),
        "years": _years(words),
        "tabs": [
            {"label": words["report"], "url": "#", "current": True, "count": None},
            {"label": words["changed"], "url": "#", "count": 3},
            {"label": words["paper"], "url": "#", "count": 12},
        ],
        "filter": _filter(words, key),
        "page": Paginator(range(480), 50).page(4),
        "documents": _documents(words),
        "contents": [
            {"label": words[word], "url": "#", "current": word == "clearance"}
            for word in ("contacts", "stockpiles", "clearance", "victims")
        ],
        "tiles": [
            {
                "col": col,
                "row": row,
                "code": code,
                "name": code,
                "status": status,
                "url": "#",
                "words": words[{"state_party": "party"}.get(status, status)],
            }
            for col, row, code, status in SQUARES
        ],
        "legend": [
            (s, words[{"state_party": "party"}.get(s, s)])
            for s in ("state_party", "signatory", "withdrawn", "non_party")
        ],
        "bars": [
            {"label": name, "number": number, "marked": number == 8_110_250}
            for name, number in zip(
                [*words["provinces"], words["obstacles"]], (21_930_400, 8_110_250, 0, None), strict=True
            )
        ],
        "line_years": list(range(2014, 2027)),
        "line_series": [
            {"label": words["clearing"], "values": [12, 15, 14.5, 18, 22, None, None, 19, 24, 27, 29, 31.9, 36]},
            {"label": words["surveying"], "values": [4, 5, 5, 9, 8, 7, 6, 9, 12, 10, 14, 13, 11]},
        ],
    }


def _form(words: dict, key: str) -> forms.Form:
    class Example(forms.Form):
        end = forms.CharField(label=words["end_label"], help_text=words["end_guidance"])
        stock = forms.CharField(label=words["stock_label"], error_messages={"required": words["stock_error"]})
        standing = forms.ChoiceField(
            label=words["stockpiles"],
            choices=[("changed", words["changed"]), ("unchanged", words["unchanged"])],
            widget=forms.RadioSelect,
        )
        province = forms.ChoiceField(label=words["province"], choices=[(p, p) for p in words["provinces"]])
        several = forms.MultipleChoiceField(
            label=words["province"], choices=[(p, p) for p in words["provinces"]], required=False, widget=TickList
        )
        obstacles = forms.CharField(label=words["obstacles"], required=False, widget=forms.Textarea(attrs={"rows": 3}))
        agreed = forms.BooleanField(label=words["info"], required=False)

    data = {f"{key}-end": "2031", f"{key}-standing": "unchanged", f"{key}-agreed": "on"}
    data |= {f"{key}-province": words["provinces"][1], f"{key}-obstacles": words["obstacles_value"]}
    data |= {f"{key}-several": words["provinces"][:2]}
    return Example(data, prefix=key, auto_id="id_%s")


def _filter(words: dict, key: str) -> dict:
    """What the filter panel reads of a django-filter FilterSet."""

    class Example(forms.Form):
        q = forms.CharField(label=words["province"], required=False, widget=forms.TextInput(attrs={"type": "search"}))
        year = forms.ChoiceField(
            label=words["year"], choices=[("", ""), ("2026", "2026"), ("2025", "2025")], required=False
        )

    return {"form": Example({f"{key}-filter-year": "2026"}, prefix=f"{key}-filter"), "is_bound": True}


def _tasks(words: dict) -> list[dict]:
    return [
        {
            "title": words["contacts"],
            "url": "#",
            "detail": words["contacts_detail"],
            "status": "done",
            "label": words["done"],
        },
        {
            "title": words["stockpiles"],
            "url": "#",
            "detail": words["stockpiles_detail"],
            "status": "unchanged",
            "label": words["unchanged"],
        },
        {
            "title": words["clearance"],
            "url": "#",
            "detail": words["clearance_detail"],
            "who": words["colleague"],
            "status": "in-progress",
            "label": words["in_progress"],
        },
        {
            "title": words["victims"],
            "url": "#",
            "detail": words["victims_detail"],
            "status": "yours",
            "label": words["yours"],
        },
    ]


def _answers(words: dict) -> list[dict]:
    return [
        {"term": words["end_label"], "value": "2031", "url": "#"},
        {"term": words["obstacles"], "value": words["obstacles_value"], "url": "#"},
        {"term": words["stock_label"], "value": words["unknown"], "url": "#", "none": True},
    ]


def _table(words: dict) -> dict:
    figures = (("1 150 300", "91 000", "15 540 100"), ("0", "10 400", "7 990 000"), ("310 000", "45 000", "6 122 700"))
    return {
        "caption": words["released"],
        "columns": [
            {"label": words["province"], "url": "#", "sort": "ascending"},
            *({"label": words[name], "number": True} for name in ("cancelled", "reduced", "cleared")),
        ],
        "rows": [
            {
                "changed": number == 0,
                "cells": [{"text": name, "url": "#"}, *({"text": figure, "number": True} for figure in row)],
            }
            for number, (name, row) in enumerate(zip(words["provinces"], figures, strict=True))
        ],
        "total": [
            {"text": "Σ"},
            *({"text": figure, "number": True} for figure in ("1 460 300", "146 400", "29 652 800")),
        ],
    }


def _editor(words: dict, key: str) -> dict:
    now = (("1 204 000", "88 500", "21 930 400"), ("0", "some", "8 110 250"), (words["unknown"], "", "6 400 000"))
    then = (("1 150 300", "91 000", "15 540 100"), ("0", "10 400", "7 990 000"), ("", "", ""))
    names = [words["cancelled"], words["reduced"], words["cleared"]]
    rows = []
    for number, name in enumerate(words["provinces"]):
        place = f"{key}-rows.r{number + 1}"
        cells = [{"name": f"{place}.place", "value": name, "label": f"{words['province']} {number + 1}", "was": name}]
        for column, label in enumerate(names):
            value = now[number][column]
            cells.append(
                {
                    "name": f"{place}.c{column}",
                    "value": value,
                    "number": True,
                    "was": then[number][column],
                    "label": f"{label}, {name}",
                    "error": words["cell_error"] if value == "some" else "",
                }
            )
        rows.append(
            {
                "id": f"r{number + 1}",
                "number": number + 1,
                "cells": cells,
                "has_was": number < 2,
                "was_label": "2025",
                "is_new": number == 2,
            }
        )
    columns = [{"label": words["province"]}]
    columns += [{"label": label, "number": True, "hint": words["square_metres"]} for label in names]
    return {"caption": words["released"], "part": f"{key}-rows", "columns": columns, "rows": rows}


def _events(words: dict) -> list[dict]:
    return [
        {"date": date(2008, 12, 3), "title": words["signed"]},
        {"date": date(2009, 3, 18), "title": words["ratified"]},
        {"date": date(2010, 8, 1), "title": words["in_force"], "text": words["art4_rule"]},
        {"date": TODAY, "title": words["report"], "url": "#", "text": words["info"], "when": "now"},
        {"date": date(2030, 8, 1), "title": words["art4"], "text": words["granted_by"], "when": "ahead"},
    ]


def _marks(words: dict) -> list[dict]:
    return [
        {"day": date(2010, 8, 1), "words": words["in_force"]},
        {"day": date(2020, 8, 1), "words": words["ten_years"]},
        {"day": date(2025, 8, 1), "words": words["extension"]},
        {"day": date(2030, 8, 1), "words": words["second"]},
    ]


def _difference(words: dict) -> Difference:
    """A text that was corrected, a figure, a row that came and one that went."""
    first, second, third = words["provinces"]
    return Difference(
        about=(),
        sections=(
            SectionChange(
                key="",
                letter="F",
                title=words["clearance"],
                standing=None,
                parts=(
                    PartChange(
                        "programme",
                        words["clearance_detail"],
                        cells=(
                            Change("obstacles", words["obstacles"], words["obstacles_was"], words["obstacles_value"]),
                        ),
                    ),
                    PartChange(
                        "released",
                        words["released"],
                        rows=(
                            RowChange("changed", first, (Change("cleared", words["cleared"], "1,200", "1,250"),)),
                            RowChange("added", second, (Change("province", words["province"], "", second),)),
                            RowChange("removed", third, (Change("province", words["province"], third, ""),)),
                        ),
                        left_out=4,
                    ),
                ),
                kept=(words["stockpiles"],),
            ),
        ),
        quiet=(SectionChange(key="", letter="", title=words["contacts"], standing=None, parts=(), kept=()),),
    )


def _workbook_rows(words: dict) -> list[dict]:
    """A figure that the file changes, and a row that it brings with a cell that could not be read."""
    first, second, _third = words["provinces"]
    changed = CellChange(words["cleared"], "1,200", "1,250")
    unread = CellChange(words["cleared"], "", words["some"], words["cell_error"])
    rows = ((CHANGED, 4, first, "changed", (changed,)), (NEW, 5, second, "yours", (unread,)))
    return [
        {
            "change": WorkbookRow(part=words["released"], what=what, number=number, label=label, cells=cells),
            "badge": badge,
            "word": words[badge],
        }
        for what, number, label, badge, cells in rows
    ]


def _years(words: dict) -> list[dict]:
    standing = {2012: "late", 2014: "missing", 2019: "late", 2026: "not-due"}
    return [
        {
            "year": year,
            "status": standing.get(year, "on-time"),
            "current": year == 2025,
            "words": words[standing.get(year, "on-time").replace("-", "_")],
            "url": "" if standing.get(year) in ("missing", "not-due") else "#",
        }
        for year in range(2011, 2027)
    ]


def _documents(words: dict) -> list[dict]:
    tongues = (("ar", "ع", "العربية"), ("zh-Hans", "中", "中文"), ("en", "EN", "English"), ("fr", "FR", "Français"))
    return [
        {
            "title": words["paper"],
            "detail": words["paper_detail"],
            "url": "#",
            "languages": [
                {"tag": tag, "short": short, "name": name, "url": "#" if tag != "zh-Hans" else ""}
                for tag, short, name in tongues
            ],
        }
    ]


def _floor(words: dict) -> dict:
    """Somebody speaks for a group and is paused, another comes next."""
    speaking = {"delegation": words["state"], "kind": "group", "on_behalf_of": words["province"], "limit_seconds": 240}
    return {
        "item": {"number": "9(a)", "title": words["clearance"]},
        "speaking": speaking | {"started_at": FILED, "counted_from": FILED, "paused_at": FILED},
        "next": {"delegation": words["provinces"][0], "kind": "national"},
    }
