"""What a delegation has to do next about its applications: finish a draft, and endorse it."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from ccm_portal.core.permissions import may
from ccm_portal.core.work_items import WorkItem
from sponsorship.domain.applications import missing
from sponsorship.domain.standing import is_told
from sponsorship.enums import ApplicationStatus
from sponsorship.rules import own_applications


def drafts_to_send(user: User, on: date) -> Iterator[WorkItem]:
    """Each draft of the person's States: to be endorsed by the head once nothing is missing, else to be finished. One
    that can still be sent late stays."""
    if not user.state_ids:
        return
    drafts = own_applications(user).filter(status=ApplicationStatus.DRAFT, entered_by=None)
    for draft in drafts.prefetch_related("nominees").order_by("round__closes_at", "pk"):
        if is_told(draft.round):
            continue
        ready = not missing(draft)
        endorses = ready and may(user, "sponsorship.endorse_application", draft)
        late = on > draft.round.closes_at.date()
        named = {"meeting": draft.round.meeting.short_name}
        label = _("Endorse the application for sponsorship: %(meeting)s")
        if not endorses:
            label = _("Finish the application for sponsorship: %(meeting)s")
        detail = _("The head of your delegation endorses and sends it. It stands on their desk.") if ready else ""
        yield WorkItem(
            label=label % named,
            url=reverse(
                "sponsorship:application-check" if endorses else "sponsorship:application",
                args=[draft.state.slug, draft.round.key],
            ),
            due=draft.round.closes_at.date(),
            acts_for=draft.state.name,
            detail=_("The call is closed: it will be recorded as late.") if late else "" if endorses else detail,
        )


PROVIDERS = (drafts_to_send,)
