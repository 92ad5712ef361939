"""The demonstration of extension requests, beside their history (``gatherings``): one request that came late and was
revised, one draft, one intent. What these say is invented and says so.
"""

from datetime import date, datetime, timedelta

from ccm_portal.core.models import StateClock, User
from ccm_portal.demonstration.scenes import Cast, before, cast
from ccm_portal.treaty.arithmetic import add_years
from compliance.domain import lodging, request_drafts, request_files
from compliance.domain.request_drafts import Offer
from compliance.models import ExtensionRequest

MARK = "Demonstration: invented."
LATE = {
    "reasons": "Contaminated land was found after the last survey, in the hills and close to villages. Two of seven"
    " teams had to be given up when funds ended.",
    "work": "Non-technical survey of all remaining areas in the first year; then clearance by seven teams, the areas"
    " closest to houses first.",
    "total_area": "6,400,000 square metres at entry into force, and 1,150,000 found since.",
    "cleared": "4,900,000 square metres.",
    "remaining": "2,650,000 square metres, at 900,000 square metres a year with seven teams.",
    "obstacles": "Steep and rocky ground; winters; funding that is known for one year at a time.",
    "implications": "Forty villages cannot use their fields and olive groves.",
}
BEGUN = {
    "reasons": "The area that is suspected is larger than what all teams can clear in the time that is left.",
    "obstacles": "The rainy season leaves six months of work in a year.",
}


def load_requests(*, at: datetime) -> bool:
    """Load what is missing.

    :returns: whether anything was added.
    """
    if ExtensionRequest.objects.filter(begun_by__is_demonstration=True).exists():
        return False
    people = cast()
    _late(people, at=at)
    _draft(people, at=at)
    _intent(people, at=at)
    return True


def _late(people: Cast, *, at: datetime) -> None:
    """Lebanon's: lodged long after the day, with an annex, and revised."""
    by, lodged, revised = people.people["approver.lbn"], before(at, days=41), before(at, days=12)
    request = request_drafts.begin(clock=_clock("LBN"), language="en", by=by, at=lodged - timedelta(days=20))
    _write(request, LATE | {"duration": MARK}, until=add_years(request.clock.current, 4), by=by, at=lodged)
    request_files.add(
        request=request,
        title="Work plan",
        language="en",
        content=f"{MARK}\nSurvey in the first year, clearance in the three that follow.\n".encode(),
        name="work-plan.txt",
        by=by,
        at=lodged,
    )
    offers = [
        Offer("All suspected areas are surveyed", add_years(request.clock.current, 2)),
        Offer("The areas closest to houses are cleared", add_years(request.clock.current, 3)),
    ]
    request.refresh_from_db()
    request_drafts.offer_benchmarks(request=request, offers=offers, version=request.version, by=by, at=lodged)
    _lodge(request, by=by, at=lodged)
    more = {"remaining": "2,650,000 square metres, at 650,000 square metres a year with five teams."}
    _write(request, more, until=None, by=by, at=revised)
    _lodge(request, by=by, at=revised, note="Five teams instead of seven, since two have no funds next year.")


def _draft(people: Cast, *, at: datetime) -> None:
    """Lao PDR's: begun, half written, and shown to the ISO."""
    by = people.people["approver.lao"]
    request = request_drafts.begin(clock=_clock("LAO"), language="en", by=by, at=before(at, days=9))
    until = add_years(request.clock.current, 5)
    _write(request, BEGUN | {"duration": MARK}, until=until, by=people.people["drafter.lao"], at=before(at, days=3))
    request_drafts.show_to_iso(request=request, shown=True, by=by, at=before(at, days=2))


def _intent(people: Cast, *, at: datetime) -> None:
    request_drafts.signal_intent(
        clock=_clock("TCD"),
        on=before(at, days=30).date(),
        source=f"Statement at an informal meeting. {MARK}",
        by=people.office,
        at=before(at, days=28),
    )


def _clock(iso3: str) -> StateClock:
    return StateClock.objects.select_related("state").get(state__iso3=iso3, clock="art4", key="")


def _write(request: ExtensionRequest, texts: dict[str, str], *, until: date | None, by: User, at: datetime) -> None:
    for key, text in texts.items():
        section = request.sections.get(key=key)
        day = until if key == "duration" else None
        request_drafts.write_section(section=section, text=text, day=day, version=section.version, by=by, at=at)


def _lodge(request: ExtensionRequest, *, by: User, at: datetime, note: str = "") -> None:
    request.refresh_from_db()
    seen = lodging.digest(lodging.content(request))
    lodging.lodge(request=request, seen=seen, note=note, by=by, at=at)
