"""Template filters of the report's pages."""

from collections.abc import Mapping

from django import template

from reporting.views.section_page import anchor_of

register = template.Library()


@register.filter
def of(found: Mapping[str, object], key: str) -> object:
    """{{ borrowers|of:task.section.key }} -> what stands there under that key; nothing if nothing does"""
    return found.get(key, "")


@register.filter
def anchor(path: str) -> str:
    """{{ problem.path|anchor }} -> #f-stocks-r1-munitions; nothing for a whole section."""
    return f"#{anchor_of(path)}" if path else ""
