"""Published statements by item, with the languages they are in."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from meetings.domain.agenda_reading import Item, public_items
from meetings.models import Meeting, Statement, StatementText


@dataclass(frozen=True)
class Listed:
    """A statement with its texts, without their words."""

    statement: Statement
    texts: list[StatementText]


@dataclass(frozen=True)
class Group:
    """What was said on one item, in the order in which it became public."""

    code: int
    item: Item | None
    statements: list[Listed]


def by_item(meeting: Meeting, statements: QuerySet[Statement]) -> list[Group]:
    """In the order of the published agenda; an item that has left it comes last. Two queries, and the agenda's."""
    items = public_items(meeting)
    groups: dict[int, list[Listed]] = defaultdict(list)
    for one in listed(statements):
        groups[one.statement.code].append(one)
    order = {item.code: place for place, item in enumerate(items)}
    by_code = {item.code: item for item in items}
    codes = sorted(groups, key=lambda code: (order.get(code, len(order)), code))
    return [Group(code, by_code.get(code), groups[code]) for code in codes]


def listed(statements: QuerySet[Statement]) -> list[Listed]:
    """Each with its texts, as they became public. Two queries."""
    rows = list(statements.order_by("published_at", "pk"))
    texts: dict[int, list[StatementText]] = defaultdict(list)
    found = StatementText.objects.filter(statement__in=[row.pk for row in rows]).select_related("file")
    for text in found.defer("text", "vector").order_by("pk"):
        texts[text.statement_id].append(text)
    return [Listed(row, texts[row.pk]) for row in rows]
