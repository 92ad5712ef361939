"""How wide the columns of a table are, from what stands in them: measured here, so that the layout need not."""

from collections.abc import Iterable, Sequence

LOOK_AT = 200
LONGEST = 60


def shares(labels: Sequence[str], rows: Iterable[Sequence[str]]) -> list[int]:
    """Hundredths of the width for each column; together a hundred, and none vanishing."""
    sample = [row for row, _ in zip(rows, range(LOOK_AT), strict=False)]
    needs = [_need(label, [row[at] for row in sample]) for at, label in enumerate(labels)]
    least = max(1, 60 // max(len(labels), 1))
    free = 100 - least * len(labels)
    found = [least + int(free * need / sum(needs)) for need in needs]
    found[needs.index(max(needs))] += 100 - sum(found)
    return found


def _need(label: str, texts: Sequence[str]) -> float:
    """The longest word must fit; beyond it, the root of the length: a text twice as long wraps into a square."""
    words = [len(word) for text in [label, *texts] for word in text.split()]
    longest = max([len(text) for text in texts] or [0])
    return max([*words, 4]) ** 0.75 + min(longest, LONGEST * 4) ** 0.6


def sheet() -> str:
    """The rules that give a column its hundredths."""
    return "".join(f".w{share} {{ width: {share}% }}\n" for share in range(1, 101))
