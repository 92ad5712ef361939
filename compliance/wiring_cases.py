"""What cases register with the kernel, once the apps are ready."""

from ccm_portal.core import grants, panels
from compliance import emails, wiring_casework
from compliance.desk_cases import my_matters, people_tab, record_tab
from compliance.domain.case_people import let_go
from compliance.models import CasePlace
from compliance.panels_cases import register_case_tab
from compliance.rules import is_named_anywhere


def wire() -> None:
    """Called by ``ComplianceConfig.ready()``."""
    grants.register(CasePlace, held=is_named_anywhere, let_go=let_go)
    emails.register()
    panels.register_desk(my_matters)
    wiring_casework.wire()
    register_case_tab(people_tab)
    register_case_tab(record_tab)
