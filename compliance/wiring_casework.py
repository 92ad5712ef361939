"""What the inside of a case registers: its blocks, its tab, what is to be done in it."""

from ccm_portal.core import work_items
from compliance import panels_casework
from compliance.panels_cases import register_case_head, register_case_panel, register_case_tab
from compliance.work_items_casework import inside_cases, responses_to_answer


def wire() -> None:
    """Called by the wiring of cases."""
    register_case_head(panels_casework.led_from_its_state)
    register_case_head(panels_casework.how_it_stands)
    register_case_panel(panels_casework.case_time_line)
    register_case_tab(panels_casework.responses_tab)
    work_items.register(inside_cases)
    work_items.register(responses_to_answer)
