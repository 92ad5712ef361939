"""Whether the time is enough: each item against its speakers, each sitting against its items, and what the Conference
must decide, what States want to say and what is difficult against the whole. It warns in words and refuses nothing.

The paper of 2010 asks for enough time for decisions, for statements and for challenges, known or alleged
non-compliance among them. How much is enough is said here, and on the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ccm_portal.core.writing import listed, number_text
from meetings.domain.agenda_clock import Programme, programme
from meetings.domain.agenda_reading import Item, SittingOf
from meetings.domain.agenda_times import sitting_text
from meetings.enums import CHALLENGE_KINDS, DECISION_KINDS, FORMAL_KINDS, STATEMENT_KINDS, ItemKind, MeetingKind

LEAST_COMPLIANCE = 60  # minutes for the compliance item: a matter put, an answer, a discussion
LEAST_REQUEST = 20  # minutes for an extension request: presented, analysed, discussed, decided
LEAST_DECISION = 10  # minutes for any other decision
# Hundredths of the planned time, or of all sittings where more is planned, that each purpose should have.
SHARES_FORMAL = {"decisions": 10, "statements": 20, "challenges": 25}
SHARES_BETWEEN = {"statements": 20, "challenges": 40}
KINDS = {"decisions": DECISION_KINDS, "statements": STATEMENT_KINDS, "challenges": CHALLENGE_KINDS}


@dataclass(frozen=True)
class Warning:
    """What is too short, in a sentence. ``code`` where one item is meant."""

    text: str
    code: int | None = None
    misplaced: Item | None = None  # the item that one button puts right
    into: SittingOf | None = None  # the sitting of its neighbours, into which it goes


@dataclass(frozen=True)
class Purpose:
    """One of the three things that need time. ``minutes`` given, ``least`` that are sensible (0: nothing is asked)."""

    key: str
    label: str
    about: str
    minutes: int
    least: int
    share: int  # that is sensible, in hundredths

    @property
    def is_squeezed(self) -> bool:
        return self.minutes < self.least


@dataclass(frozen=True)
class Need:
    """What an item's speakers need against what it has, in minutes."""

    item: Item
    minutes: int

    @property
    def is_short(self) -> bool:
        return self.minutes > (self.item.minutes or 0)


@dataclass(frozen=True)
class Budget:
    """The time of a meeting, looked at whole. ``available`` and ``planned`` in minutes."""

    programme: Programme
    available: int
    planned: int
    purposes: list[Purpose]
    needs: dict[int, Need]
    warnings: list[Warning]

    @property
    def short_codes(self) -> set[int]:
        """The items that a warning names."""
        return {warning.code for warning in self.warnings if warning.code is not None}

    @property
    def free(self) -> int:
        """Below 0 where more is planned than the sittings have."""
        return self.available - self.planned

    @property
    def over(self) -> int:
        return -self.free


def budget(
    kind: str, items: Sequence[Item], sittings: Sequence[SittingOf], minutes_per_speaker: int, zone: str
) -> Budget:
    """Everything that the page says about time. ``zone`` is the venue's."""
    planned = programme(items, sittings)
    available = sum(sitting.minutes for sitting in sittings)
    total = sum(item.minutes or 0 for item in items)
    needs = {item.code: Need(item, item.speakers * minutes_per_speaker) for item in items if item.speakers}
    looked_at = min(available, total)
    purposes = _purposes(kind, items, looked_at)
    warnings = [
        *_beyond(available, total, planned),
        *_squeezed(kind, items, purposes, looked_at),
        *_short(needs, minutes_per_speaker),
        *_sittings(planned, zone),
        *_out_of_order(items),
    ]
    return Budget(planned, available, total, purposes, needs, warnings)


def minutes_text(minutes: int) -> str:
    """90 -> "1 h 30 min"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return pgettext("length of time", "%(minutes)s min") % {"minutes": number_text(rest)}
    if not rest:
        return pgettext("length of time", "%(hours)s h") % {"hours": number_text(hours)}
    return pgettext("length of time", "%(hours)s h %(minutes)s min") % {
        "hours": number_text(hours),
        "minutes": number_text(rest),
    }


def shares_for(kind: str) -> dict[str, int]:
    """Which share of the time each purpose should have, by kind of meeting."""
    if kind in FORMAL_KINDS:
        return SHARES_FORMAL
    return SHARES_BETWEEN if kind == MeetingKind.INTERSESSIONAL else {}


def _purposes(kind: str, items: Sequence[Item], total: int) -> list[Purpose]:
    words = {
        "decisions": (
            pgettext("time for", "Decisions"),
            _("Decisions, extension requests, implementation support and finance"),
        ),
        "statements": (
            pgettext("time for", "Statements"),
            _("General exchange of views, statements on progress, interpretation"),
        ),
        "challenges": (pgettext("time for", "Challenges"), _("Thematic discussion and compliance")),
    }
    shares = shares_for(kind)
    found = []
    for key, kinds in KINDS.items():
        minutes = sum(item.minutes or 0 for item in items if item.kind in kinds)
        share = shares.get(key, 0)
        label, about = words[key]
        found.append(Purpose(key, label, about, minutes, total * share // 100, share))
    return found


def _beyond(available: int, total: int, planned: Programme) -> list[Warning]:
    told = []
    if available and total > available:
        told.append(
            Warning(
                _("The items take %(total)s, the sittings have %(available)s: %(over)s too much.")
                % {
                    "total": minutes_text(total),
                    "available": minutes_text(available),
                    "over": minutes_text(total - available),
                }
            )
        )
    elif planned.beyond:
        told.append(
            Warning(
                _("%(over)s are left when the last sitting ends. Move items to earlier sittings.")
                % {"over": minutes_text(planned.beyond)}
            )
        )
    return told


def _squeezed(kind: str, items: Sequence[Item], purposes: list[Purpose], total: int) -> list[Warning]:
    told = []
    compliance = [item for item in items if item.kind == ItemKind.COMPLIANCE]
    if kind in FORMAL_KINDS and items and not compliance:
        told.append(Warning(_("There is no item on compliance.")))
    if compliance and (given := sum(item.minutes or 0 for item in compliance)) < LEAST_COMPLIANCE:
        told.append(
            Warning(
                _(
                    "Compliance is squeezed: “%(item)s” has %(given)s. Below %(least)s a matter cannot be put, answered"
                    " and discussed."
                )
                % {
                    "item": compliance[0].label,
                    "given": minutes_text(given),
                    "least": minutes_text(LEAST_COMPLIANCE),
                },
                compliance[0].code,
            )
        )
    heads = {item.parent for item in items}
    for item in items:
        least = 0 if item.code in heads else _least_to_decide(item)
        if least and item.minutes is not None and item.minutes < least:
            words = {"item": item.label, "given": minutes_text(item.minutes), "least": minutes_text(least)}
            told.append(
                Warning(_("“%(item)s” is to be decided in %(given)s; allow at least %(least)s.") % words, item.code)
            )
    sentences = {
        "decisions": _("Decisions are squeezed: %(given)s of %(all)s; allow at least %(least)s."),
        "statements": _("Statements by States are squeezed: %(given)s of %(all)s; allow at least %(least)s."),
        "challenges": _("Challenges are squeezed: %(given)s of %(all)s; allow at least %(least)s."),
    }
    for purpose in purposes:
        if purpose.is_squeezed:
            words = {
                "given": minutes_text(purpose.minutes),
                "all": minutes_text(total),
                "least": minutes_text(purpose.least),
            }
            told.append(Warning(sentences[purpose.key] % words))
    return told


def _least_to_decide(item: Item) -> int:
    if item.kind == ItemKind.EXTENSION_REQUEST:
        return LEAST_REQUEST
    return LEAST_DECISION if item.kind in (ItemKind.DECISION, ItemKind.OFFICE_FINANCE) else 0


def _short(needs: dict[int, Need], minutes_per_speaker: int) -> list[Warning]:
    told = []
    for need in needs.values():
        if not need.is_short:
            continue
        speakers = ngettext("%(number)s speaker", "%(number)s speakers", need.item.speakers) % {
            "number": number_text(need.item.speakers)
        }
        words = {
            "item": need.item.label,
            "speakers": speakers,
            "each": minutes_text(minutes_per_speaker),
            "needed": minutes_text(need.minutes),
            "given": minutes_text(need.item.minutes or 0),
        }
        told.append(
            Warning(_("“%(item)s”: %(speakers)s × %(each)s need %(needed)s; it has %(given)s.") % words, need.item.code)
        )
    return told


def _sittings(planned: Programme, zone: str) -> list[Warning]:
    """The sittings that are too full for what was put into them."""
    told = []
    for load in planned.loads:
        if load.late:
            words = {
                "sitting": sitting_text(load.sitting, zone),
                "items": listed((f"“{item.label}”" for item in load.late), strong=True),
            }
            sentence = _("%(sitting)s is too full: %(items)s can begin only in a later sitting.") % words
            told.append(Warning(sentence, load.late[0].code))
    return told


def _out_of_order(items: Sequence[Item]) -> list[Warning]:
    """The items that stand in an earlier sitting than something before them in the agenda."""
    told = []
    latest: Item | None = None
    for item in items:
        if item.sitting is None:
            continue
        if latest and latest.sitting and item.sitting.starts_at < latest.sitting.starts_at:
            if item.has_own_sitting:
                words = {"item": item.label, "before": latest.label}
                sentence = (
                    _("“%(item)s” stands in an earlier sitting than “%(before)s”, which comes before it.") % words
                )
                told.append(Warning(sentence, item.code, *_put_right(items, latest, item)))
        else:
            latest = item
    return told


def _put_right(items: Sequence[Item], first: Item, then: Item) -> tuple[Item, SittingOf]:
    """Which of the two is out of line, and the sitting of the other. ``first`` is meant where as many items after it
    stand earlier as stand later before ``then``: it was moved up, and its sitting did not move with it."""
    assert first.sitting and then.sitting
    ahead, late = first.sitting.starts_at, then.sitting.starts_at
    at = items.index(then)
    behind = sum(1 for one in items[at:] if one.sitting and one.sitting.starts_at < ahead)
    before = sum(1 for one in items[:at] if one.sitting and one.sitting.starts_at > late)
    if before > behind:
        return then, first.sitting
    by_code = {one.code: one for one in items}
    while not first.has_own_sitting and first.parent is not None:
        first = by_code[first.parent]
    return first, then.sitting
