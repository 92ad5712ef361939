"""What workspaces make known to the kernel; called when the app is ready."""

from ccm_portal.core import panels
from committees import emails_workspace, panels_workspace
from committees import rules_workspace as rules_workspace  # its rules are known from here on


def register() -> None:
    emails_workspace.register()
    panels.register_desk(panels_workspace.my_committees)
