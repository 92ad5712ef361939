"""Who from outside the office assesses the applications of a round. A place ends with one act, from the person's next
request on. Whoever has no account is invited by the ISO first."""

from datetime import datetime

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.domain.people import account_at
from ccm_portal.core.factors import own_factors
from ccm_portal.core.models import User
from ccm_portal.core.permissions import is_sponsorship_officer
from committees.domain.said import WorkRefused, said
from sponsorship.domain.rounds import held
from sponsorship.enums import RoundStatus
from sponsorship.models import ASSESS_ROUND, Round, RoundPlace


@transaction.atomic
def name(*, round: Round, email: str, acts_for: str, by: User, at: datetime) -> RoundPlace:
    """Let the account with this address read and score the applications of the round.

    :raises WorkRefused: if the address is none to name, was named already, or the round is settled.
    """
    round = held(round)
    if round.status == RoundStatus.SETTLED:
        raise WorkRefused(_("This round is settled: it stays as it is."))
    user = account_at(email)
    if user and is_sponsorship_officer(user, None):
        raise WorkRefused(_("Sponsorship officers assess every round already."))
    # Why is nobody's business here: who has which account is not to be found out by trying addresses.
    if user is None or not user.acts or not own_factors(user):
        raise WorkRefused(
            _("This address cannot be named. The person needs an account with a role and a second factor.")
        )
    right = Permission.objects.get(codename=ASSESS_ROUND, content_type__app_label="sponsorship")
    place, new = RoundPlace.objects.get_or_create(
        user=user,
        permission=right,
        content_object=round,
        defaults={"acts_for": said(acts_for, longest=160), "given_by": by, "given_at": at},
    )
    if not new:
        raise WorkRefused(_("This person is named already."))
    _noted("name", round, by=by, at=at, person=user.pk)
    return place


@transaction.atomic
def end(*, place: RoundPlace, by: User, at: datetime) -> None:
    """End a place. What the person scored stays.

    :raises WorkRefused: if it has ended already.
    """
    round = held(place.content_object)
    ended, _rows = RoundPlace.objects.filter(pk=place.pk).delete()
    if not ended:
        raise WorkRefused(_("This had ended already."))
    _noted("end", round, by=by, at=at, person=place.user_id)


def _noted(act: str, round: Round, *, by: User, at: datetime, **data: object) -> None:
    """The act in the register: whom by number, no name and no address."""
    register.append(action=f"sponsorship.assessor.{act}", by=by, at=at, obj=round, data={"round": round.key} | data)
