"""Template tags of positions: where they were said, and the places that tell it."""

from django import template

from compliance.domain import positions_reading as reading
from compliance.models import Position

register = template.Library()


@register.filter
def where_said(position: Position) -> str:
    """{{ one|where_said }} -> Annual report for 2025"""
    return reading.where_said(position)


@register.filter
def source_at(position: Position) -> str:
    """{{ one|source_at }} -> /reports/lao-pdr/2025/v1/, or the address that was noted"""
    return reading.source_address(position)


@register.filter
def position_at(position: Position) -> str:
    """{{ one|position_at }} -> /positions/transit/#p7"""
    return reading.address(position)
