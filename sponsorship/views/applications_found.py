"""Finding an application by its address: a State's own, or, for an officer, one that was sent or is entered from paper.

The pages that write in an application are the same on both sides; ``Side`` says which addresses lead on.
"""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from ccm_portal.core.http import PrivateRequest
from sponsorship.models import Application, Nominee
from sponsorship.rules import own_applications, own_nominees
from sponsorship.rules_applications import entered_nominees, office_applications


@dataclass(frozen=True)
class Side:
    """The names of the addresses of one side, and the frame of its pages."""

    is_office: bool
    application: str
    details: str
    nominee_new: str
    nominee: str
    move: str
    remove: str
    link: str


OWN = Side(
    is_office=False,
    application="sponsorship:application",
    details="sponsorship:application-details",
    nominee_new="sponsorship:nominee-new",
    nominee="sponsorship:nominee",
    move="sponsorship:nominee-move",
    remove="sponsorship:nominee-remove",
    link="sponsorship:nominee-link",
)
OFFICE = Side(
    is_office=True,
    application="sponsorship:office-application",
    details="sponsorship:office-application-details",
    nominee_new="sponsorship:office-nominee-new",
    nominee="sponsorship:office-nominee",
    move="sponsorship:office-nominee-move",
    remove="sponsorship:office-nominee-remove",
    link="sponsorship:office-nominee-link",
)


def application_of(request: PrivateRequest, state: str, round: str, side: Side) -> Application:
    """:raises Http404: if this person cannot see it from this side."""
    found = office_applications(request.user) if side.is_office else own_applications(request.user)
    return get_object_or_404(found, state__slug=state, round__key=round)


def nominee_of(request: PrivateRequest, state: str, round: str, pk: object, side: Side) -> Nominee:
    """:raises Http404: if this person cannot see them from this side."""
    found = entered_nominees(request.user) if side.is_office else own_nominees(request.user)
    return get_object_or_404(found, pk=pk, application__state__slug=state, application__round__key=round)
