"""The tile map and small charts: SVG made here, always with the same facts in words or a table beside it.

Places along an axis are percentages, so that a drawing fills the width it is given and its lettering stays
readable. Time runs from the reader's start side: leftwards in Arabic.
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from django import template
from django.utils.translation import get_language_bidi

register = template.Library()

PITCH, SIDE = 30, 27

# How a status is drawn. The forms differ as well as the colours.
TONES = {
    "state_party": "full",
    "signatory": "half",
    "non_party": "empty",
    "withdrawn": "struck",
    "filed": "good",
    "on-time": "good",
    "late": "warn",
    "missing": "bad",
    "not-due": "empty",
    "unrecorded": "empty",
}


@register.filter
def tone(status: str) -> str:
    return TONES.get(status, status)


@register.inclusion_tag("components/tile_map.html")
def tile_map(
    *, id: str, label: str, rows: Sequence[dict], legend: Sequence[tuple], heading: str = "", note: str = ""
) -> dict:
    """A square for each State.

    rows: {col, row, code, name, status, words (the status in words), url}; legend: (status, words) in order.
    """
    places = [(row["col"], row["row"]) for row in rows]
    left = min((col for col, _row in places), default=0)
    top = min((row for _col, row in places), default=0)
    width = (max((col for col, _row in places), default=0) - left + 1) * PITCH
    height = (max((row for _col, row in places), default=0) - top + 1) * PITCH
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["status"]] = counts.get(row["status"], 0) + 1
    tiles = [
        {
            **row,
            "x": (row["col"] - left) * PITCH + 1,
            "y": (row["row"] - top) * PITCH + 1,
            "tone": tone(row["status"]),
        }
        for row in rows
    ]
    return {
        "id": id,
        "label": label,
        "heading": heading,
        "note": note,
        "tiles": tiles,
        "side": SIDE,
        "width": width,
        "height": height,
        "shown": round(width * 1.37),
        "whole": width > 600,
        "legend": [{"tone": tone(status), "words": words, "count": counts.get(status, 0)} for status, words in legend],
    }


@register.inclusion_tag("components/progress.html")
def time_clock(*, label: str, start: date, end: date, today: date, marks: Sequence[dict]) -> dict:
    """How far a period has run. marks: {day, words}, the first and last usually the period's own ends."""
    whole = max((end - start).days, 1)

    def place(day: date) -> str:
        share = min(max((day - start).days / whole, 0), 1) * 100
        return _plain(100 - share if get_language_bidi() else share)

    def anchor(day: date) -> str:
        share = (day - start).days / whole
        return "start" if share < 0.15 else "end" if share > 0.72 else "middle"

    ordered = sorted(marks, key=lambda mark: mark["day"])
    drawn = [
        {**mark, "x": place(mark["day"]), "anchor": anchor(mark["day"]), "below": bool(number % 2)}
        for number, mark in enumerate(ordered)
    ]
    return {
        "label": label,
        "start": place(start),
        "end": place(end),
        "now": place(today),
        "today": today,
        "today_anchor": anchor(today),
        "marks": drawn,
    }


@register.inclusion_tag("components/chart_bars.html")
def chart_bars(*, title: str, rows: Sequence[dict], first: str = "", value: str = "", note: str = "") -> dict:
    """Bars in a table: the figures are the table. rows: {label, number (None = not known), url, marked}."""
    top = max((row["number"] for row in rows if row["number"] is not None), default=0)
    bars = []
    for row in rows:
        share = float(row["number"]) / float(top) * 100 if row["number"] and top else 0
        bars.append({**row, "share": _plain(share), "x": _plain(100 - share if get_language_bidi() else 0)})
    return {"title": title, "rows": bars, "first": first, "value": value, "note": note}


@register.inclusion_tag("components/chart_line.html")
def chart_line(*, title: str, xs: Sequence, series: Sequence[dict], first: str = "", note: str = "") -> dict:
    """Lines over years. series: {label, values} with None where nothing is known (the line breaks there)."""
    top = _ceiling(max((v for one in series for v in one["values"] if v is not None), default=0))
    steps = max(len(xs) - 1, 1)
    mirror = get_language_bidi()

    def x(number: int) -> str:
        share = number / steps * 100
        return _plain(100 - share if mirror else share)

    def y(value: float) -> str:
        return _plain(100 - float(value) / float(top) * 100)

    drawn = []
    for one in series:
        points = [None if v is None else (x(n), y(v)) for n, v in enumerate(one["values"])]
        known = [(point, value) for point, value in zip(points, one["values"], strict=True) if point]
        drawn.append(
            {
                "label": one["label"],
                "pieces": _pieces(points),
                "dots": [point for point, _value in known],
                "last": {"x": known[-1][0][0], "y": known[-1][0][1], "value": known[-1][1]} if known else None,
            }
        )
    every = -(-len(xs) // 8)
    return {
        "title": title,
        "first": first,
        "note": note,
        "series": drawn,
        "start": 100 if mirror else 0,
        "label_dx": 10 if mirror else -10,
        "rules": [{"y": y(top * part / 4), "value": top * part / 4} for part in range(5)],
        "ticks": [{"x": x(n), "label": label} for n, label in enumerate(xs) if n % every == 0],
        "rows": [{"x": label, "values": [one["values"][n] for one in series]} for n, label in enumerate(xs)],
    }


def _plain(number: float) -> str:
    """As SVG reads it, whatever the reader's language does with decimals."""
    return f"{round(number, 2):g}"


def _ceiling(number: float) -> int:
    """The least round number not below it whose quarters are round too."""
    size = 4
    while True:
        for factor in (1, 2, 3, 5):
            if size * factor >= number:
                return size * factor
        size *= 10


def _pieces(points: list) -> list[str]:
    """Runs of known points as SVG polyline points; a single known point needs no line."""
    pieces: list[list] = []
    for before, after in pairwise(points):
        if before and after:
            if pieces and pieces[-1][-1] == before:
                pieces[-1].append(after)
            else:
                pieces.append([before, after])
    return [" ".join(f"{x},{y}" for x, y in piece) for piece in pieces]
