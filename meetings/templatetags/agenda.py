"""Template tags of the pages of agendas: lengths and hours in words, and what was typed before a page refused."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ccm_portal.core.http import number_of
from meetings.domain.agenda_budget import minutes_text
from meetings.domain.agenda_desk import Line
from meetings.domain.agenda_reading import Item, SittingOf
from meetings.domain.agenda_times import sitting_text
from meetings.domain.local_times import day_there
from meetings.domain.words import clock_text, weekday_text

register = template.Library()


@register.filter
def duration(minutes: int | None) -> str:
    """{{ item.minutes|duration }} -> 1 h 30 min"""
    return minutes_text(minutes) if minutes is not None else ""


@register.filter
def oclock(moment: datetime, zone: str) -> SafeString:
    """{{ slot.starts_at|oclock:zone }} -> <time>10:00</time>, the instant in UTC beside it for machines."""
    return format_html('<time datetime="{}">{}</time>', f"{moment:%Y-%m-%dT%H:%MZ}", clock_text(moment, zone))


@register.filter
def day_words(moment: datetime, zone: str) -> str:
    """{{ slot.starts_at|day_words:zone }} -> Monday, 13 September 2027"""
    return weekday_text(day_there(moment, zone))


@register.filter
def sitting_words(sitting: SittingOf, zone: str) -> str:
    """{{ sitting|sitting_words:meeting.time_zone }} -> Mon 13 Sept, 10:00"""
    return sitting_text(sitting, zone)


@register.simple_tag
def typed(sent: Mapping[str, str], what: str, code: int, value: Any) -> Any:
    """What was typed into a box of a line, where the page refused it; else what stands there."""
    kept = sent.get(f"{what}-{code}")
    return ("" if value is None else value) if kept is None else kept


@register.simple_tag
def invalid(wrong: Collection[str], what: str, code: int) -> SafeString:
    """Marks a box of a line whose number the page refused, so that it is found without sight of the sentence."""
    return SafeString(' aria-invalid="true" aria-describedby="refusal"' if f"{what}-{code}" in wrong else "")


@register.filter
def named(sentence: str, item: str) -> str:
    """{{ say.up|named:label }} -> Move “9 Clearance” up"""
    return sentence % {"item": item}


@register.simple_tag
def sitting_options(choices: Mapping[tuple[int | None, bool], SafeString], line: Line, sent: Mapping[str, str]) -> str:
    """The list of sittings of a line, with the one that was chosen before the page refused, else with its own."""
    text = sent.get(f"sitting-{line.item.code}")
    chosen = line.sitting if text is None else number_of(text) or None
    below = line.item.parent is not None
    return choices.get((chosen, below)) or choices[None, below]


@register.simple_tag
def agenda_notes(item: Item, papers: Mapping[int, list[str]]) -> list[str]:
    """What stands under an item in the agenda: the State it is about, who leads it, its papers."""
    about = [item.about_state.name] if item.about_state else []
    return [*about, *([lead] if (lead := lead_beside(item)) else []), *papers.get(item.code, [])]


@register.filter
def lead_beside(item: Item) -> str:
    """{{ item|lead_beside }} -> who leads it, unless that is the item's own title over again."""
    return "" if item.lead.casefold() == item.title.casefold() else item.lead
