"""Positions as they are read: topics with who has spoken, one topic across States, one State, the list as a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ccm_portal.core import sheets, writing
from ccm_portal.core.models import State
from compliance.enums import PositionSource, PositionStatus
from compliance.models import Position, Topic
from compliance.rules_positions import public_positions, standing_positions, withdrawn_positions
from meetings.domain import places
from reporting.domain.report_tables import source_mark
from reporting.domain.tables import Listing

COLUMNS = (
    "topic", "iso3", "state", "said_on", "standing", "language", "text", "translation", "source", "where",
    "reference", "made_up", "page",
)  # fmt: skip


@dataclass(frozen=True)
class TopicRow:
    """A topic, how many States have a position on it that stands, and when one was said last."""

    topic: Topic
    states: int
    newest: date | None


@dataclass(frozen=True)
class OfState:
    """What one State says on a topic: what stands, what it replaced, and that something was withdrawn."""

    state: State
    standing: list[Position]
    replaced: list[Position]
    withdrawn: list[Position]


def overview() -> list[TopicRow]:
    """Every topic in its order. Two queries."""
    counted = (
        public_positions()
        .order_by()
        .values("topic")
        .annotate(states=Count("state", distinct=True, filter=Q(replaced_by=None)), newest=Max("said_on"))
    )
    by_topic = {row["topic"]: row for row in counted.values("topic", "states", "newest")}
    rows = []
    for topic in Topic.objects.order_by("position"):
        row = by_topic.get(topic.pk)
        rows.append(TopicRow(topic, row["states"] if row else 0, row["newest"] if row else None))
    return rows


def by_state(found: Iterable[Position], withdrawn: Iterable[Position]) -> list[OfState]:
    """State by State, in the order in which they are met; those that only withdrew come last."""
    groups: dict[int, OfState] = {}
    for one in (*found, *withdrawn):
        group = groups.setdefault(one.state_id, OfState(one.state, [], [], []))
        if one.status == PositionStatus.WITHDRAWN:
            group.withdrawn.append(one)
        elif one.replaced_by_id:
            group.replaced.append(one)
        else:
            group.standing.append(one)
    return list(groups.values())


def withdrawn_on(topic: Topic) -> QuerySet[Position]:
    return withdrawn_positions().filter(topic=topic).order_by("-said_on", "-pk")


def of_state(state: State) -> list[Position]:
    """What stands of one State, by topic."""
    return _by_topic(Q(state=state))


def noted_from(source: Q) -> list[Position]:
    """What stands and was noted from a source, by topic. One query."""
    return _by_topic(source)


def _by_topic(condition: Q) -> list[Position]:
    return list(standing_positions().filter(condition).order_by("topic__position", "-said_on", "-pk"))


def address(position: Position) -> str:
    """Its place on the page of its topic."""
    return f"{reverse('compliance:position-topic', args=[position.topic.key])}#p{position.pk}"


def where_said(position: Position) -> str:
    """Where it was said, in words: the report, the meeting, or what was noted."""
    if position.report is not None:
        return f"{position.report.report.title}"
    if position.statement is not None:
        meeting = position.statement.meeting.name
        group = position.statement.on_behalf_of
        if not group:
            return _("Statement, %(meeting)s") % {"meeting": meeting}
        return _("Statement for %(group)s, %(meeting)s") % {"group": group, "meeting": meeting}
    if position.source == PositionSource.SUBMISSION and not position.where:
        return _("Stated here by the State itself")
    parts = [position.where or str(position.get_source_display())]
    if position.meeting is not None:
        parts.append(position.meeting.name)
    return writing.listed(parts)


def source_address(position: Position) -> str:
    """The page of this portal where it was said, or the address that was noted; empty where there is none."""
    if position.report is not None:
        version = position.report
        return reverse(
            "reporting:report-version",
            kwargs={"state": version.report.state.slug, "slug": version.report.slug, "number": version.number},
        )
    if position.statement is not None:
        return places.statement(position.statement)
    return position.reference if position.reference.startswith(("https://", "http://")) else ""


def listing(found: Iterable[Position], *, site: str, coded: bool = False) -> Listing:
    """The positions of a list as a file; ``coded`` keeps the words for programs."""
    rows = list(found)
    return Listing(
        keys=COLUMNS,
        labels=(
            pgettext("position", "Topic"), _("Three letters"), _("State"), _("Date"), _("Standing"), _("Language"),
            _("Text"), _("Unofficial translation"), _("Source"), _("Where"), _("Reference"), _("Made up"), _("Page"),
        ),
        rows=[_row(one, site, coded) for one in rows],
        title=_("Positions on interpretation"),
        mark=source_mark(demonstration=any(one.is_demonstration for one in rows)),
    )  # fmt: skip


def _row(one: Position, site: str, coded: bool) -> tuple[sheets.Value, ...]:
    standing = pgettext("position", "Replaced") if one.replaced_by_id else pgettext("position", "Stands")
    made_up = _("Yes") if one.is_demonstration else _("No")
    return (
        one.topic.key if coded else one.topic.name,
        one.state.iso3,
        one.state.name,
        one.said_on,
        ("replaced" if one.replaced_by_id else "stands") if coded else standing,
        one.language if coded else writing.language_name(one.language),
        one.text,
        one.translation,
        one.source if coded else str(one.get_source_display()),
        where_said(one),
        one.reference,
        ("yes" if one.is_demonstration else "no") if coded else made_up,
        f"{site}{address(one)}",
    )
