"""Whom a State invites to the draft of its request: to read, or to write. A place ends with one act, from the person's
next request on, and every one of them when the request is lodged. Whoever has no account is invited by the ISO first.
"""

from datetime import datetime

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.domain.people import account_at
from ccm_portal.core.factors import own_factors
from ccm_portal.core.models import User
from ccm_portal.core.permissions import is_iso_staff
from committees.domain.said import WorkRefused, said
from compliance import emails
from compliance.domain.request_drafts import held
from compliance.models import DRAFT_REQUEST, ExtensionRequest, RequestPlace, clock_slug


@transaction.atomic
def invite(
    *, request: ExtensionRequest, email: str, access: str, acts_for: str, by: User, at: datetime
) -> RequestPlace:
    """Let the account with this address read the draft, or write in it.

    :raises WorkRefused: if the address is none to invite, or was invited already.
    :raises PermissionDenied: if the person who asks may no longer.
    """
    request = held(request, by=by, perm="compliance.invite_to_draft")
    user = account_at(email)
    if user and request.state_id in user.state_ids:
        raise WorkRefused(_("This person acts for your State and sees the whole draft already."))
    # Why is nobody's business here: who has which account is not to be found out by trying addresses.
    if user is None or is_iso_staff(user, None) or not own_factors(user):
        raise WorkRefused(
            _("This address cannot be invited. The person needs an account with a second factor; ask the ISO for one.")
        )
    right = Permission.objects.get(codename=DRAFT_REQUEST, content_type__app_label="compliance")
    place, new = RequestPlace.objects.get_or_create(
        user=user,
        permission=right,
        content_object=request,
        defaults={"access": access, "acts_for": said(acts_for, longest=160), "given_by": by, "given_at": at},
    )
    if not new:
        raise WorkRefused(_("This person is invited already. End that first."))
    emails.news(to=user, at=at)
    _noted("invite", request, by=by, at=at, person=user.pk, access=access)
    return place


@transaction.atomic
def end(*, place: RequestPlace, by: User, at: datetime) -> None:
    """End a place. What the person wrote stays.

    :raises WorkRefused: if it has ended already.
    :raises PermissionDenied: if the person who asks may no longer.
    """
    request = held(place.content_object, by=by, perm="compliance.invite_to_draft")
    ended, _rows = RequestPlace.objects.filter(pk=place.pk).delete()
    if not ended:
        raise WorkRefused(_("This had ended already."))
    _noted("end_place", request, by=by, at=at, person=place.user_id)


def close(request: ExtensionRequest) -> None:
    """Nobody is invited any more. Called in the transaction of the lodging or withdrawal, with the request locked."""
    RequestPlace.objects.filter(content_object=request).delete()


def _noted(act: str, request: ExtensionRequest, *, by: User, at: datetime, **data: object) -> None:
    """The act in the register: whom by number, no name and no address."""
    told = {"clock": clock_slug(request.clock), "number": request.number}
    register.append(
        action=f"compliance.extensionrequest.{act}", by=by, at=at, state=request.state, obj=request, data=told | data
    )
