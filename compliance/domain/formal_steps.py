"""The steps of a formal request: which can be taken now, and by whom. The operations decide again when one is taken."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance import workflow_formal as workflow
from compliance.domain.formal import reply_clock
from compliance.domain.formal_meeting import BEFORE_MEETING, MEETING_SPOKE, SUBMITTED
from compliance.enums import OPEN_CASES, FormalStatus
from compliance.models import ClarificationRequest

# What whoever is named for the State concerned may do itself.
OF_THE_STATE = ("reply", "response")


@dataclass(frozen=True)
class Step:
    """A step: its word in addresses, and what the button says."""

    key: str
    label: str | Promise


STEPS = (
    Step("transmitted", _("Record the transmission")),
    Step("received", _("Record the receipt")),
    Step("reply", _("Record the reply")),
    Step("judged", _("Say whether the reply satisfies")),
    Step("silence", _("Record that no reply came")),
    Step("submitted", _("Submit it to the next meeting")),
    Step("circulated", _("Record that it was circulated")),
    Step("response", _("Write the response of the State concerned")),
    Step("good-offices", _("Record good offices")),
    Step("meeting", _("Record what the meeting decided")),
    Step("procedures", _("Record procedures adopted later")),
    Step("settled", _("Settle the formal request")),
)


def steps_now(request: ClarificationRequest, *, leads: bool, answers: bool, at: datetime) -> list[Step]:
    """The steps that this person can take now, in the order of Article 8."""
    if request.case.status not in OPEN_CASES:
        return []
    clock = reply_clock(request, at=at)
    unsatisfied = request.status == FormalStatus.REPLIED and request.reply_satisfies is False
    fits = {
        "transmitted": workflow.TRANSMIT.starts_at(request),
        "received": workflow.RECEIVE.starts_at(request),
        "reply": workflow.REPLY.starts_at(request) and (answers or not request.reply_is_own),
        "judged": request.status == FormalStatus.REPLIED,
        "silence": workflow.SILENCE.starts_at(request) and clock is not None and clock.is_over,
        "submitted": request.status == FormalStatus.SILENT or unsatisfied,
        "circulated": request.status in SUBMITTED,
        "response": request.status in SUBMITTED and (answers or not request.response_is_own),
        "good-offices": request.status not in MEETING_SPOKE,
        "meeting": request.status in BEFORE_MEETING or request.status == FormalStatus.CONSIDERED,
        "procedures": request.status in SUBMITTED,
        "settled": workflow.SETTLE.starts_at(request)
        and (request.status != FormalStatus.REPLIED or bool(request.reply_satisfies)),
    }
    mine = {step.key for step in STEPS} if leads else set(OF_THE_STATE) if answers else set()
    return [step for step in STEPS if step.key in mine and fits[step.key]]
