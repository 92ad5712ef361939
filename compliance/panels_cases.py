"""Blocks and pages that other parts add to the page of one case. Only who is named in it is ever asked for; each
answers ``None`` for a place that may not see what it would show."""

from collections.abc import Callable
from datetime import datetime

from ccm_portal.core.models import User
from ccm_portal.core.panels import Panel
from compliance.models import CasePlace, ComplianceCase

CasePanel = Callable[[ComplianceCase, User, CasePlace, datetime], Panel | None]
# The words of a tab and the name of its address, which takes the case's id as ``case``.
CaseTab = Callable[[ComplianceCase, CasePlace], tuple[str, str] | None]
_heads: list[CasePanel] = []
_panels: list[CasePanel] = []
_tabs: list[CaseTab] = []


def register_case_panel(panel: CasePanel) -> CasePanel:
    """Called by ``wire()``: a block on the first page of a case."""
    if panel not in _panels:
        _panels.append(panel)
    return panel


def register_case_head(panel: CasePanel) -> CasePanel:
    """Called by ``wire()``: a block above what is asked: how it stands."""
    if panel not in _heads:
        _heads.append(panel)
    return panel


def register_case_tab(tab: CaseTab) -> CaseTab:
    """Called by ``wire()``: a page of its own beside the first one."""
    if tab not in _tabs:
        _tabs.append(tab)
    return tab


def case_panels(case: ComplianceCase, user: User, place: CasePlace, *, at: datetime) -> list[Panel]:
    return [panel for make in _panels if (panel := make(case, user, place, at))]


def case_heads(case: ComplianceCase, user: User, place: CasePlace, *, at: datetime) -> list[Panel]:
    return [panel for make in _heads if (panel := make(case, user, place, at))]


def case_tabs(case: ComplianceCase, place: CasePlace) -> list[tuple[str, str]]:
    """(words, name of the address), the first page first."""
    return [tab for make in _tabs if (tab := make(case, place))]
