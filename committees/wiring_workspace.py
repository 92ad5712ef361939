"""What workspaces register with the kernel, once the apps are ready."""

from ccm_portal.core import document_readers, panels, sweeper, work_items
from ccm_portal.core.domain.reference import register_loader
from committees import emails_workspace, panels_joining, panels_plans, panels_workspace, work_items_workspace
from committees import panels as blocks
from committees import rules_workspace as rules_workspace  # its rules are known from here on
from committees.domain import body_papers, follow_up_mail, withdrawals
from committees.rules import offices_of_leaders


def wire() -> None:
    """Called by ``CommitteesConfig.ready()``."""
    emails_workspace.register()
    panels.register_state(panels_joining.way_to_joining)
    panels.register_desk(panels_workspace.my_committees)
    blocks.register_body_panel(panels_plans.work_plan)
    blocks.register_body_panel(panels_plans.papers)
    blocks.register_body_panel(panels_joining.way_to_the_public_log)
    document_readers.register(body_papers.readers)
    document_readers.register_offices(offices_of_leaders)
    blocks.register_workspace_panel(panels_workspace.who_takes_part)
    blocks.register_workspace_panel(panels_joining.the_log)
    blocks.register_workspace_panel(panels_workspace.what_is_to_be_done)
    blocks.register_workspace_panel(panels_workspace.last_contacts)
    work_items.register(work_items_workspace.follow_ups_to_do)
    work_items.register(work_items_workspace.steps_to_take)
    work_items.register(work_items_workspace.withdrawals_to_mind)
    register_loader(withdrawals.load_withdrawals)
    sweeper.register(follow_up_mail.remind)
