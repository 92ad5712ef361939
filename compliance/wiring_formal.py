"""What the formal track and the President's report register with the kernel, once the apps are ready."""

from ccm_portal.core import work_items
from compliance import panels_formal, work_items_account
from compliance.panels_cases import register_case_panel, register_case_tab


def wire() -> None:
    """Called by ``ComplianceConfig.ready()``."""
    register_case_panel(panels_formal.case_panel)
    register_case_tab(panels_formal.case_tab)
    work_items.register(panels_formal.work_items)
    work_items.register(work_items_account.provide)
