"""The numbers of an outline: 1, 2, 9(a), 9(b), 9(b)(i). Computed from places, never typed. Pure functions."""

from collections.abc import Iterable, Mapping

DEEPEST = 2  # three levels, counted from 0
_ROMAN = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))

Code = int
Children = Mapping[Code | None, Iterable[Code]]


def letter(number: int) -> str:
    """1 -> a, 26 -> z, 27 -> aa."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def roman(number: int) -> str:
    """1 -> i, 4 -> iv, 19 -> xix."""
    text = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        text += sign * times
    return text


def in_order(children: Children, under: Code | None = None, depth: int = 0) -> list[tuple[Code, int]]:
    """Every code as it is read from top to bottom, with its depth."""
    order: list[tuple[Code, int]] = []
    for code in children.get(under, ()):
        order.append((code, depth))
        order += in_order(children, code, depth + 1)
    return order


def numbers(children: Children, numbered: Mapping[Code, bool]) -> dict[Code, str]:
    """Code -> "9(a)". What carries no number counts for nothing, and neither does what stands below it."""
    told: dict[Code, str] = {}

    def count(under: Code | None, before: str, depth: int) -> None:
        place = 0
        for code in children.get(under, ()):
            counts = numbered[code] and (under is None or before != "")
            place += counts
            told[code] = (before + _sign(place, depth)) if counts else ""
            count(code, told[code], depth + 1)

    count(None, "", 0)
    return told


def _sign(place: int, depth: int) -> str:
    return (str(place), f"({letter(place)})", f"({roman(place)})")[min(depth, DEEPEST)]
