"""What agendas register with the kernel, once the apps are ready."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core import sweeper
from ccm_portal.core.models import User
from ccm_portal.core.permissions import may
from meetings import panels
from meetings.domain import programmes
from meetings.models import Agenda, Meeting


def wire() -> None:
    """Called by ``MeetingsConfig.ready()``."""
    sweeper.register(programmes.sweep)
    panels.register_desk_link(agenda_link)


def agenda_link(meeting: Meeting, user: User) -> list[panels.DeskLink]:
    """To the agenda desk, for whoever runs the meeting."""
    if not may(user, "meetings.manage_meeting", meeting):
        return []
    agenda = Agenda.objects.filter(meeting=meeting).first()
    newest = meeting.revisions.order_by("-number").values_list("number", flat=True).first()
    if newest:
        detail = _("Revision %(number)s is published.") % {"number": newest}
    elif agenda and agenda.items.exists():
        detail = _("An outline is on the desk. Nothing is published yet.")
    else:
        detail = _("The outline is empty. Begin with a template or with last time’s.")
    return [panels.DeskLink(_("Agenda desk"), reverse("meetings:agenda-desk", args=[meeting.key]), detail)]
