"""The demonstration of committees and meetings: what is loaded, in which order.

* The history of meetings and of extension requests, as every installation loads it.
* The 13MSP as the full meeting that is over (``past_meeting``): four days, 60 papers in up to six languages, 150
  statements, decisions. It is the last real one; its content here is invented and says so.
* The 14MSP as the meeting that is being prepared (``next_meeting``): an agenda in two revisions, papers on their way,
  delegations that are expected, a speakers' list that is open; with it an intersessional and a coordination meeting.
* Bodies at work (``bodies``): terms, a work plan, contacts, follow-ups, nominations.

Everything is told from the demonstration's present, so that something is always overdue and something always ahead.
"""

from datetime import datetime

from django.core.management import call_command

from ccm_portal.demonstration.bodies import load_bodies_at_work
from ccm_portal.demonstration.next_meeting import load_next_meetings
from ccm_portal.demonstration.past_meeting import load_past_meeting
from ccm_portal.demonstration.scenes import cast


def load_gatherings(*, at: datetime) -> bool:
    """Load what is missing, by the demonstration's own people.

    :returns: whether anything was added.
    """
    call_command("load_meeting_history", verbosity=0)
    call_command("load_extension_history", verbosity=0)  # first: the 13MSP decides on some of them
    people = cast()
    past = load_past_meeting(people, at=at)
    ahead = load_next_meetings(people, at=at)  # first: what leaders owe is owed for one of them
    return load_bodies_at_work(people, at=at) or past or ahead
