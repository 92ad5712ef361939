"""The universalisation log as everybody reads it: who is outside, what is publicly known, votes, withdrawals."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ccm_portal.core import clock
from ccm_portal.core.http import public_page
from ccm_portal.core.models import State
from ccm_portal.core.views.marks import mark
from committees.domain import joining
from committees.rules_workspace import public_entries, public_votes, public_withdrawals

YEARS = 6


@public_page(mark)
def universalisation(request: HttpRequest) -> HttpResponse:
    on = clock.today()
    outside = list(joining.outside(on=on).select_related("region_group"))
    newest = joining.newest(public_entries())
    years: list[int] = []
    votes: dict[int, dict[int, str]] = defaultdict(dict)
    for vote in public_votes().order_by("-year"):
        years.append(vote.year)
        votes[vote.state_id][vote.year] = vote.get_vote_display()
    shown = sorted(set(years), reverse=True)[:YEARS]
    rows = [_row(state, newest.get(state.pk), votes[state.pk], shown) for state in outside]
    context = {
        "on": on,
        "signatories": [row for row in rows if joining.is_signatory(row["state"])],
        "others": [row for row in rows if not joining.is_signatory(row["state"])],
        "parties": State.objects.parties_on(on).count(),
        "years": shown,
        "withdrawals": public_withdrawals().order_by("-received_on", "-pk"),
    }
    return render(request, "committees/universalisation.html", context)


def _row(state: State, entry: Any, votes: dict[int, str], years: list[int]) -> dict[str, Any]:
    return {"state": state, "entry": entry, "votes": [votes.get(year, "") for year in years]}
