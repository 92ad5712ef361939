"""What comes next in a round for its officer, in words, the most urgent first."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.writing import date_text, number_text
from sponsorship.domain.round_page import RoundPage
from sponsorship.enums import OfferStatus, RoundStatus


@dataclass(frozen=True, kw_only=True)
class Next:
    """One thing to do. ``status`` and ``label`` are those of a badge, where something is late or waits."""

    title: str
    url: str = ""
    detail: str = ""
    status: str = ""
    label: str = ""


def what_comes_next(page: RoundPage, *, on: date) -> list[Next]:
    """Nothing where the round is settled."""
    round = page.round
    status = RoundStatus(round.status)
    if status == RoundStatus.PLANNED:
        return [Next(title=_("Open the call"), detail=_("Nobody but officers knows of the round before."))]
    if status == RoundStatus.OPEN:
        return [
            Next(title=_("Applications come in until %(day)s") % {"day": date_text(round.closes_at)}, url="#people")
        ]
    if status == RoundStatus.CLOSED:
        return [Next(title=_("Assess the applications, then decide"), url=_ranking(page))]
    if status == RoundStatus.DECIDED:
        return [
            Next(
                title=_("Announce the decision to everybody at once"),
                url=_ranking(page),
                detail=_("Until then nobody outside is told."),
            )
        ]
    if status == RoundStatus.SETTLED:
        return []
    return [*_journeys(page), *_replies(page), *_settlements(page), *_close(page, on)]


def _journeys(page: RoundPage) -> list[Next]:
    endangered = len(page.at_risk)
    if not endangered:
        return []
    words = ngettext("%(count)s journey is in danger", "%(count)s journeys are in danger", endangered)
    late = page.late
    return [
        Next(
            title=words % {"count": number_text(endangered)},
            url="#at-risk",
            detail=page.at_risk[0].risks[0].words,
            status="late" if late else "due-soon",
            label=_("Late") if late else "",
        )
    ]


def _replies(page: RoundPage) -> list[Next]:
    open_ = [one.offer for one in page.people if one.offer and one.offer.status == OfferStatus.OFFERED]
    if not open_:
        return []
    words = ngettext("%(count)s offer waits for a reply", "%(count)s offers wait for a reply", len(open_))
    first = min(one.reply_by for one in open_)
    return [
        Next(
            title=words % {"count": number_text(len(open_))},
            url="#people",
            detail=_("The first lapses on %(day)s.") % {"day": date_text(first)},
        )
    ]


def _settlements(page: RoundPage) -> list[Next]:
    left = len(page.unsettled)
    if not left:
        return []
    words = ngettext("%(count)s journey is to be settled", "%(count)s journeys are to be settled", left)
    return [Next(title=words % {"count": number_text(left)}, url="#unsettled")]


def _close(page: RoundPage, on: date) -> list[Next]:
    told = []
    if page.round.meeting.ends < on and not (page.unsettled or page.offers[OfferStatus.ACCEPTED]):
        told.append(Next(title=_("Issue the reports and close the round"), url="#reports"))
    return told


def _ranking(page: RoundPage) -> str:
    return reverse("sponsorship:ranking", args=[page.round.key])
