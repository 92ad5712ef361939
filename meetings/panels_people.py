"""What a person can do about delegations, on the private page of a meeting."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.models import State, User
from ccm_portal.core.permissions import may
from meetings.enums import DelegationStatus, MeetingStatus
from meetings.models import Delegation, Meeting
from meetings.panels import DeskLink
from meetings.rules_people import observing_organisations, own_delegations, takes_delegations


def delegation_links(meeting: Meeting, user: User) -> list[DeskLink]:
    """Their own delegations; for the ISO and who presides, all of them and the vote; the list for who takes part."""
    if not takes_delegations(meeting) or meeting.status == MeetingStatus.DRAFT:
        return []
    links = _own(meeting, user)
    if may(user, "meetings.chair_meeting", meeting):
        links += _running(meeting)
    if may(user, "meetings.see_participants", meeting):
        links.append(DeskLink(_("List of participants"), reverse("meetings:participant-names", args=[meeting.key])))
    return links


def _own(meeting: Meeting, user: User) -> list[DeskLink]:
    held = own_delegations(user).filter(meeting=meeting)
    by_state = {one.state_id: one for one in held}
    by_organisation = {one.organisation_id: one for one in held}
    links = [
        _link(state.name, reverse("meetings:state-delegation", args=[state.slug, meeting.key]), by_state.get(state.pk))
        for state in State.objects.filter(pk__in=user.state_ids).by_name()
    ]
    address = reverse("meetings:observer-delegation", args=[meeting.key])
    links += [
        _link(one.name, f"{address}?for={one.key}", by_organisation.get(one.pk))
        for one in observing_organisations(user).by_name()
    ]
    return links


def _link(name: str, url: str, delegation: Delegation | None) -> DeskLink:
    return DeskLink(
        title=_("Delegation of %(name)s") % {"name": name},
        url=url,
        detail=_persons(delegation.size) if delegation else "",
        status="done" if delegation and delegation.status == DelegationStatus.NOTIFIED else "yours",
        label=str(delegation.get_status_display()) if delegation else _("Not entered yet"),
    )


def _persons(number: int) -> str:
    return ngettext("%(number)s person", "%(number)s persons", number) % {"number": number}


def _running(meeting: Meeting) -> list[DeskLink]:
    asking = Delegation.objects.filter(meeting=meeting, status=DelegationStatus.ASKED).count()
    words = ngettext("%(number)s asks to be invited", "%(number)s ask to be invited", asking) % {"number": asking}
    return [
        DeskLink(
            title=_("Delegations"),
            url=reverse("meetings:delegation-desk", args=[meeting.key]),
            detail=_("Names, note verbale, credentials, invitations"),
            status="yours" if asking else "",
            label=words if asking else "",
        ),
        DeskLink(
            title=_("Quorum and vote"),
            url=reverse("meetings:voting", args=[meeting.key]),
            detail=_("Who is in the room, who may vote"),
        ),
    ]
