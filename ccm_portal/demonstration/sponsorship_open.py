"""The round of the intersessional meeting: its call is open, some have applied, one is still writing."""

from datetime import datetime, timedelta

from ccm_portal.demonstration.scenes import before
from ccm_portal.demonstration.sponsorship_acts import Days, Office
from meetings.enums import MeetingKind
from meetings.models import Meeting
from sponsorship.models import Policy

ASKED = ("MOZ", "PHL", "SEN")


def load_open(office: Office, policy: Policy, *, at: datetime) -> None:
    """Lao PDR has a draft in it; nothing where no such meeting is ahead."""
    ahead = Meeting.objects.filter(kind=MeetingKind.INTERSESSIONAL, starts__gt=(at + timedelta(days=70)).date())
    meeting = ahead.order_by("starts").first()
    if meeting is None:
        return
    days = Days(planned=before(at, days=16), opened=before(at, days=12), closes=at + timedelta(days=60))
    round = office.opens(meeting, policy, days, places=6, reply_days=14)
    for place, iso3 in enumerate(ASKED):
        office.applies(round, iso3, at=before(at, days=9 - place))
    office.begins(round, "LAO", people=2, writer=office.cast.people["drafter.lao"], at=before(at, days=2))
