"""Addresses of what is read in a meeting: public, or for its members (``meetings.domain.places``)."""

from django import template

from meetings.domain import places
from meetings.models import Decision, Meeting, Statement, StatementText

register = template.Library()


@register.filter
def page_at(meeting: Meeting) -> str:
    """{{ meeting|page_at }} -> /meetings/14msp/"""
    return places.page(meeting)


@register.filter
def statements_at(meeting: Meeting) -> str:
    """{{ meeting|statements_at }} -> /meetings/14msp/statements/"""
    return places.statements(meeting)


@register.filter
def statement_at(statement: Statement, tongue: str = "") -> str:
    """{{ statement|statement_at:"fr" }} -> /meetings/14msp/statements/7/fr/"""
    return places.statement(statement, tongue)


@register.filter
def file_at(text: StatementText) -> str:
    """{{ text|file_at }} -> /files/statements/7/"""
    return places.statement_file(text)


@register.filter
def decisions_at(meeting: Meeting) -> str:
    """{{ meeting|decisions_at }} -> /meetings/14msp/decisions/"""
    return places.decisions(meeting)


@register.filter
def decision_at(decision: Decision) -> str:
    """{{ decision|decision_at }} -> /meetings/14msp/decisions/3/"""
    return places.decision(decision)
