"""What other States Parties and organisations say of a lodged request, each in its own name: public at once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import Organisation, State, User
from committees.domain.said import WorkRefused, said, seen
from compliance.domain.groups import open_request
from compliance.models import ExtensionRequest, RequestComment

LONGEST = 8000


@transaction.atomic
def comment(
    *, request: ExtensionRequest, speaker: State | Organisation, text: str, by: User, at: datetime
) -> RequestComment:
    """Say something of it.

    :raises WorkRefused: if the request is not open, the State is the one that asks, or nothing is said.
    """
    request = open_request(request)
    if speaker == request.state:
        raise WorkRefused(_("The State that asks speaks through its request and its answers."))
    state = speaker if isinstance(speaker, State) else None
    organisation = speaker if isinstance(speaker, Organisation) else None
    made = RequestComment.objects.create(
        request=request,
        state=state,
        organisation=organisation,
        text=said(text, longest=LONGEST, empty=_("Write your comment.")),
        written_by=by,
        written_at=at,
    )
    register.append(
        action="compliance.requestcomment.write", by=by, at=at, state=state, obj=made, data={"request": request.pk}
    )
    return made


@transaction.atomic
def withdraw(*, comment: RequestComment, version: int, by: User, at: datetime) -> RequestComment:
    """Take it back. That it was made, and withdrawn, stays readable; its words do not.

    :raises WorkChanged: if it was withdrawn since.
    """
    row = seen(comment, version)
    row.withdrawn_at = at
    row.version += 1
    row.save()
    register.append(
        action="compliance.requestcomment.withdraw",
        by=by,
        at=at,
        state=row.state,
        obj=row,
        data={"request": row.request_id},
    )
    return row
