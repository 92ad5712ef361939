"""What was said at the past meeting: lists that are closed, time that was used, some 150 statements.

Written in bulk where a request for the floor, its clock and its text would each take a transaction: 150 times four
operations take longer than the whole demonstration may. Only publishing goes into the register, and does so here.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ccm_portal.demonstration.scenes import Cast, codes
from meetings.domain import floor, statement_giving, statement_words
from meetings.enums import (
    DelegationKind,
    DelegationStatus,
    SlotKind,
    SlotStatus,
    StatementRelease,
    StatementStatus,
)
from meetings.models import Delegation, Meeting, Sitting, SpeakersList, SpeakerSlot, Statement, StatementText

# Title of an item, how many speak on it.
SPEAKERS = (
    ("General exchange of views", 62),
    ("Universalisation", 10),
    ("Stockpile destruction and retention", 8),
    ("Clearance", 18),
    ("Risk education", 8),
    ("Victim assistance", 12),
    ("International cooperation and assistance", 9),
    ("Transparency measures", 6),
    ("National implementation measures", 4),
    ("Compliance", 5),
    ("Requests under Articles 3 and 4", 5),
    ("Implementation support: report, work plan and budget", 3),
)
LANGUAGE_OF = {
    "fr": "BEL BEN BDI BFA CMR TCD CHE COG COM CIV FRA GIN LUX MCO MDG MLI NER SEN TGO",
    "es": "BOL CHL COL CRI CUB DOM ECU ESP GTM HND MEX NIC PAN PER PRY SLV URY",
    "ar": "IRQ LBN MRT PSE TUN",
}
WHOLE_TEXTS = {"un": 0, "icrc": 1}  # they speak in six languages
HELD_EVERY = 12  # a text in so many is not yet released
USED = (212, 184, 239, 176, 251, 203, 228, 165, 290, 240)  # seconds


@dataclass(frozen=True)
class Words:
    """The texts of the demonstration's statements."""

    marks: dict[str, str]
    texts: dict[str, dict[str, list[str]]]
    whole: list[dict[str, str]]

    def on(self, title: str, delegation: Delegation, place: int) -> dict[str, str]:
        """Language -> text of one statement, which says first that it is a demonstration."""
        organisation = delegation.organisation
        if organisation and organisation.key in WHOLE_TEXTS and title == SPEAKERS[0][0]:
            said = self.whole[WHOLE_TEXTS[organisation.key]]
        else:
            known = self.texts[title]
            own = language_of(delegation)
            language = own if own in known else "en"
            said = {language: known[language][place % len(known[language])]}
        return {language: f"{self.marks[language]} {text}" for language, text in said.items()}


def language_of(delegation: Delegation) -> str:
    """In which language a delegation speaks here."""
    iso3 = delegation.state.iso3 if delegation.state else ""
    return next((language for language, states in LANGUAGE_OF.items() if iso3 in states.split()), "en")


def load_spoken(meeting: Meeting, cast: Cast) -> int:
    """Let everybody speak, item after item from the first sitting on.

    :returns: how many statements there are.
    """
    told: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "statements.json").read_text())
    words, by_title = Words(**told), codes(meeting)
    present = Delegation.objects.filter(meeting=meeting, status=DelegationStatus.NOTIFIED)
    came = list(present.select_related("state", "organisation").order_by("pk"))
    clock = _clock(list(Sitting.objects.filter(part__meeting=meeting).order_by("starts_at")))
    slots: list[SpeakerSlot] = []
    said: list[dict[str, str]] = []
    for number, (title, count) in enumerate(SPEAKERS):
        speakers = _speakers(came, count, turn=number)
        opened = floor.open_list(meeting=meeting, code=by_title[title], by=cast.office, at=next(clock))
        for place, delegation in enumerate(speakers):
            slots.append(_slot(opened, delegation, place, start=next(clock)))
            said.append(words.on(title, delegation, place))
        floor.close_list(
            meeting=meeting,
            code=opened.code,
            version=opened.version,
            by=cast.office,
            at=slots[-1].ended_at or next(clock),
        )
    SpeakerSlot.objects.bulk_create(slots)
    return _hand_in(meeting, slots, said)


def _clock(sittings: list[Sitting]) -> Iterator[datetime]:
    """Moments some eight minutes apart, in the hours of the sittings."""
    for sitting in sittings:
        moment = sitting.starts_at + timedelta(minutes=5)
        while moment < sitting.ends_at - timedelta(minutes=5):
            yield moment
            moment += timedelta(minutes=7, seconds=30)
    while True:
        yield sittings[-1].ends_at


def _speakers(came: list[Delegation], count: int, *, turn: int) -> list[Delegation]:
    """States first, from another letter at each item, then up to three organisations."""
    states = [one for one in came if one.kind == DelegationKind.STATE_PARTY]
    others = [one for one in came if one.kind == DelegationKind.RIGHT]
    guests = min(5 if count > 30 else 1, count // 4)
    begin = turn * 11 % len(states)
    chosen = (states[begin:] + states[:begin])[: count - guests]
    first = [one for one in others if one.organisation and one.organisation.key in WHOLE_TEXTS] if turn == 0 else []
    rest = [one for one in others if one not in first]
    return chosen + (first + rest[turn % len(rest) :] + rest)[:guests]


def _slot(opened: SpeakersList, delegation: Delegation, place: int, *, start: datetime) -> SpeakerSlot:
    used = USED[place % len(USED)]
    kind = SlotKind.NATIONAL if delegation.state_id else SlotKind.ORGANISATION
    return SpeakerSlot(
        list=opened,
        delegation=delegation,
        kind=kind,
        status=SlotStatus.SPOKEN,
        requested_at=start - timedelta(hours=3),
        limit_seconds=opened.limit_seconds,
        started_at=start,
        counted_from=start,
        ended_at=start + timedelta(seconds=used),
        used_seconds=used,
        version=3,
    )


def _hand_in(meeting: Meeting, slots: list[SpeakerSlot], said: list[dict[str, str]]) -> int:
    statements = []
    for place, slot in enumerate(slots):
        is_held = place % HELD_EVERY == HELD_EVERY - 1
        statements.append(
            Statement(
                meeting=meeting,
                code=slot.list.code,
                slot=slot,
                delegation=slot.delegation,
                release=StatementRelease.WHEN_RELEASED if is_held else StatementRelease.WHEN_GIVEN,
                status=StatementStatus.HELD if is_held else StatementStatus.PUBLISHED,
                handed_in_at=slot.requested_at,
                published_at=None if is_held else slot.ended_at,
                version=1 if is_held else 2,
            )
        )
    Statement.objects.bulk_create(statements)
    texts = [
        StatementText(statement=statement, language=language, text=text, added_at=statement.handed_in_at)
        for statement, by_language in zip(statements, said, strict=True)
        for language, text in by_language.items()
    ]
    for text in texts:
        statement_words.index(text)
    StatementText.objects.bulk_create(texts)
    for statement in statements:
        if statement.published_at:
            statement_giving.record_published(statement, by=None, at=statement.published_at)
    return len(statements)
