"""Whether a term fits: what is refused, and what is only said in words. Counts nothing that a person should decide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.enums import Known
from ccm_portal.core.models import State
from ccm_portal.core.writing import date_text, listed
from committees.enums import BodyNature
from committees.models import Body, Term

FOREVER = date.max


class TermRefused(Exception):
    """It cannot be so. The message is fit to show the user."""


@dataclass(frozen=True)
class Warning:
    """Something to think over, in words. ``kind`` is what it is about: region, affected, staggered, vacant, crowded."""

    kind: str
    text: str


def refuse_misfit(
    body: Body,
    state: State,
    *,
    starts: date,
    ends: date | None,
    but: Term | None = None,
    seats_matter: bool = True,
) -> None:
    """Whether ``state`` can lead ``body`` over this time (``ends`` excluded), beside the terms that are there.
    A nomination asks without ``seats_matter``: a taken seat may be free by then.

    :raises TermRefused: with the reason in words.
    """
    if ends is not None and ends <= starts:
        raise TermRefused(_("The term would end before it begins. Its last day must be after its first."))
    if body.kind.nature == BodyNature.COORDINATION:
        raise TermRefused(_("The coordination body is led by the President. Nobody holds a term in it."))
    if body.starts and starts < body.starts:
        raise TermRefused(_("%(body)s begins on %(day)s.") % {"body": body.name, "day": date_text(body.starts)})
    if body.ends and (ends is None or ends > body.ends):
        raise TermRefused(
            _("The mandate of %(body)s ends on %(day)s. The term can run until then.")
            % {"body": body.name, "day": date_text(body.ends)}
        )
    _refuse_not_a_party(state, starts=starts, ends=ends)
    others = [
        term
        for term in Term.objects.filter(body=body).select_related("state").order_by("starts", "pk")
        if (but is None or term.pk != but.pk) and meets(term, starts, ends)
    ]
    for term in others:
        if term.state_id == state.pk:
            raise TermRefused(
                _("%(state)s leads this body already %(period)s. One State has one chair in a body at a time.")
                % {"state": state.name, "period": period_text(term.starts, term.ends)}
            )
    if seats_matter:
        _refuse_crowd(body, others, starts=starts)


def _refuse_not_a_party(state: State, *, starts: date, ends: date | None) -> None:
    if not state.is_party_on(starts):
        raise TermRefused(
            _("The Convention is not in force for %(state)s on %(day)s.")
            % {"state": state.name, "day": date_text(starts)}
        )
    leaves = state.withdrawn_effective
    if leaves and (ends is None or ends > leaves):
        raise TermRefused(
            _("The withdrawal of %(state)s takes effect on %(day)s. The term can run until then.")
            % {"state": state.name, "day": date_text(leaves)}
        )


def _refuse_crowd(body: Body, others: Sequence[Term], *, starts: date) -> None:
    """More leaders than seats on any day: it is enough to look at the days on which a term begins."""
    for day in sorted({starts, *(term.starts for term in others if term.starts > starts)}):
        there = [term for term in others if term.starts <= day and (term.ends is None or term.ends > day)]
        if len(there) >= body.seats:
            raise TermRefused(
                ngettext(
                    "%(body)s has %(count)s seat, taken on %(day)s by %(states)s. End a term first.",
                    "%(body)s has %(count)s seats, taken on %(day)s by %(states)s. End a term first.",
                    body.seats,
                )
                % {
                    "body": body.name,
                    "count": body.seats,
                    "day": date_text(day),
                    "states": listed(term.state.name for term in there),
                }
            )


def meets(term: Term, starts: date, ends: date | None) -> bool:
    """Whether the two times have a day in common."""
    return term.starts < (ends or FOREVER) and starts < (term.ends or FOREVER)


def period_text(starts: date, ends: date | None) -> str:
    """The time in words, with its last day and not the day after."""
    if ends is None:
        return _("since %(day)s") % {"day": date_text(starts)}
    return _("from %(first)s to %(last)s") % {
        "first": date_text(starts),
        "last": date_text(ends - timedelta(days=1)),
    }


def warnings_for(body: Body, leaders: Iterable[Term], *, on: date) -> list[Warning]:
    """What is to be thought over about those who lead ``body`` on ``on``: nothing here is refused.

    ``leaders`` are the terms running on that day, with their States at hand.
    """
    if body.kind.nature == BodyNature.COORDINATION or (body.ends and body.ends <= on):
        return []
    terms = list(leaders)
    found = []
    vacant = body.seats - len(terms)
    if vacant > 0:
        found.append(
            Warning(
                "vacant",
                ngettext("%(count)s seat is vacant.", "%(count)s seats are vacant.", vacant) % {"count": vacant},
            )
        )
    if vacant < 0:
        found.append(Warning("crowded", _("More States lead it than it has seats: %(seats)s.") % {"seats": body.seats}))
    doubled = sorted({a.state.name for a in terms for b in terms if a.pk != b.pk and a.state_id == b.state_id})
    if doubled:
        found.append(
            Warning("doubled", _("One State holds two chairs: %(states)s.") % {"states": listed(doubled)}),
        )
    return found + _of_the_pair(terms) + _staggered(terms)


def _of_the_pair(terms: Sequence[Term]) -> list[Warning]:
    """Co-leadership by affected and other States, of different regions."""
    if len({term.state_id for term in terms}) < 2:
        return []
    found = []
    affected = {term.state.affected == Known.YES for term in terms}
    if affected == {False}:
        found.append(Warning("affected", _("None of the States that lead it is listed as affected.")))
    if affected == {True}:
        found.append(Warning("affected", _("All States that lead it are listed as affected.")))
    if len({term.state.region_group_id for term in terms}) == 1:
        group = terms[0].state.region_group
        found.append(
            Warning(
                "region",
                _("All States that lead it are of one regional group: %(group)s.")
                % {"group": group.name if group else "–"},
            )
        )
    return found


def _staggered(terms: Sequence[Term]) -> list[Warning]:
    ends = {term.ends for term in terms}
    if len(terms) < 2 or len(ends) != 1 or None in ends:
        return []
    (day,) = ends
    assert day is not None
    return [
        Warning(
            "staggered",
            _("All terms end on the same day, %(day)s: nobody would stay to hand over.")
            % {"day": date_text(day - timedelta(days=1))},
        )
    ]
