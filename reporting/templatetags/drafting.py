"""Template filters of the report's pages."""

from django import template

from reporting.views.section_page import anchor_of

register = template.Library()


@register.filter
def anchor(path: str) -> str:
    """{{ problem.path|anchor }} -> #f-stocks-r1-munitions; nothing for a whole section."""
    return f"#{anchor_of(path)}" if path else ""
