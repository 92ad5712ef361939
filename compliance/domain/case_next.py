"""What happens next in a case, who sees to it, and by when."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from committees.domain.said import refuse_stale, said
from compliance.domain.case_acts import CaseRefused, case_act, held, noted
from compliance.domain.case_news import tell
from compliance.enums import Side
from compliance.models import CasePlace, ComplianceCase


@case_act
def set_next(
    *,
    case: ComplianceCase,
    action: str,
    owner: User | None,
    due: date | None,
    version: int,
    by: User,
    at: datetime,
) -> ComplianceCase:
    """Say what is to be done next; nothing, if it is empty. It stands on its owner's desk while they are named here.

    :raises WorkChanged: if the case has another version than the one seen.
    :raises CaseRefused: if its owner is not of the team, or there is an owner or a day without an action.
    """
    case = held(case, "compliance.write_case", by=by)
    refuse_stale(case, version)
    action = said(action, longest=300)
    if not action and (owner or due):
        raise CaseRefused(_("Say what is to be done."))
    if owner and not CasePlace.objects.filter(content_object=case, user=owner, side=Side.TEAM).exists():
        raise CaseRefused(_("Choose somebody of the team who is named in this matter."))
    is_new_to_owner = owner is not None and owner != by and owner.pk != case.next_owner_id
    case.next_action, case.next_owner, case.next_due = action, owner, due
    case.version += 1
    case.save()
    if owner and is_new_to_owner:
        tell(case, owner, at=at)
    noted(case, "set_next", by=by, at=at, owner=owner.pk if owner else None, due=due.isoformat() if due else "")
    return case
