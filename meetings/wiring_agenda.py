"""What agendas register with the kernel, once the apps are ready."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core import sweeper
from ccm_portal.core.models import User
from ccm_portal.core.permissions import may
from meetings import panels
from meetings.domain import programmes
from meetings.models import Agenda, Meeting
from meetings.rules import is_public


def wire() -> None:
    """Called by ``MeetingsConfig.ready()``."""
    sweeper.register(programmes.sweep)
    panels.register_desk_link(agenda_link)


def agenda_link(meeting: Meeting, user: User) -> list[panels.DeskLink]:
    """To the agenda desk, for whoever runs the meeting; to what is published, for who takes part in a closed one."""
    links = []
    if not is_public(meeting) and meeting.revisions.exists():
        links.append(panels.DeskLink(_("Agenda"), reverse("meetings:agenda-for-members", args=[meeting.key])))
    if not may(user, "meetings.manage_meeting", meeting):
        return links
    agenda = Agenda.objects.filter(meeting=meeting).first()
    newest = meeting.revisions.order_by("-number").values_list("number", flat=True).first()
    if newest:
        detail = _("Revision %(number)s is published.") % {"number": newest}
    elif agenda and agenda.items.exists():
        detail = _("An outline is on the desk. Nothing is published yet.")
    else:
        detail = _("The outline is empty. Begin with a template or with last time’s.")
    return [*links, panels.DeskLink(_("Agenda desk"), reverse("meetings:agenda-desk", args=[meeting.key]), detail)]
