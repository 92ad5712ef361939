"""What an assessor does: declare conflicts, read who is nominated, give scores. Nothing sealed and no money is here."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import may
from ccm_portal.core.writing import language_name, listed
from committees.views.acting import tried
from sponsorship.domain import conflicts, eligibility, scores
from sponsorship.enums import ASSESSED_ROUNDS, RoundStatus
from sponsorship.forms_assessment import ConflictForm, ScoreForm
from sponsorship.models import ConflictDeclaration, Nominee, Round, Score
from sponsorship.rules import assessed_rounds
from sponsorship.rules_assessment import acted_for, in_conflict, weighed_nominees


def round_of(request: PrivateRequest, key: str) -> Round:
    """A round that this person assesses, once its call is closed. :raises Http404: otherwise."""
    return get_object_or_404(assessed_rounds(request.user).filter(status__in=ASSESSED_ROUNDS), key=key)


def frame(request: PrivateRequest, round: Round, here: str) -> dict[str, Any]:
    """What every page of the desk of a round says of it."""
    runs = may(request.user, "sponsorship.run_rounds", round)
    return {
        "round": round,
        "meeting": round.meeting,
        "runs": runs,
        "here": here,
        "declared": conflicts.declared(round, request.user),
        "is_open": round.status == RoundStatus.CLOSED,
        "is_announced": round.announced_at is not None,
    }


@private_page
@require_safe
def assessment(request: PrivateRequest, round: str) -> HttpResponse:
    """Everybody nominated, with one's own score, State by State."""
    its = round_of(request, round)
    user = request.user
    context = frame(request, its, "scores")
    given, conflict = scores.own(its, user), in_conflict(user, its)
    people = scores.to_weigh(its, user) if context["declared"] else []
    context |= {
        "progress": scores.progress(its, user),
        "rows": [(one, given.get(one.pk), one.state_id in conflict) for one in people],
    }
    return render(request, "sponsorship/assessment.html", context)


@private_page
def conflict_page(request: PrivateRequest, round: str) -> HttpResponse:
    """Declare conflicts, or that there are none."""
    its = round_of(request, round)
    found = conflicts.declared(its, request.user)
    form = ConflictForm(request.POST if request.method == "POST" else None, round=its, initial=_declared(found))
    stands: list[dict[str, Any]] = []
    if form.is_valid():
        made, stands = tried(
            form,
            lambda: conflicts.declare(
                round=its,
                states=list(form.cleaned_data["states"]),
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
                by=request.user,
                at=clock.now(),
            ),
            now=_declared,
        )
        if made:
            messages.success(request, _("Declared."))
            return redirect("sponsorship:assessment", its.key)
    by_itself = acted_for(request.user, its)
    field: Any = form.fields["states"]
    context = frame(request, its, "conflicts") | {
        "form": form,
        "stands": stands,
        "by_itself": listed(state.name for state in field.queryset if state.pk in by_itself),
    }
    return render(request, "sponsorship/conflicts.html", context, status=422 if form.errors else 200)


@private_page
def assess_nominee(request: PrivateRequest, round: str, nominee: str) -> HttpResponse:
    """One person: what the State wrote, what was found of its eligibility, and one's own score."""
    its = round_of(request, round)
    person = get_object_or_404(weighed_nominees(request.user).filter(application__round=its), pk=nominee)
    context = frame(request, its, "scores")
    if context["declared"] is None:
        return redirect("sponsorship:conflicts", its.key)
    can_score = may(request.user, "sponsorship.score_nominee", person) and not context["declared"].looked_at
    own = Score.objects.filter(nominee=person, user=request.user).first()
    posted = request.POST if request.method == "POST" else None
    form = ScoreForm(posted, initial=_score(own)) if can_score and context["is_open"] else None
    stands: list[dict[str, Any]] = []
    if posted is not None and form is None:
        messages.warning(request, _("You give no score here."))
        return redirect("sponsorship:assess-nominee", its.key, person.pk)
    if form and form.is_valid():
        told = form.cleaned_data
        made, stands = tried(
            form, lambda: scores.give(nominee=person, **told, by=request.user, at=clock.now()), now=_score
        )
        if made:
            messages.success(request, _("Saved."))
            return redirect("sponsorship:assessment", its.key)
    findings = eligibility.thawed(person.application.eligibility)
    context |= {
        "person": person,
        "application": person.application,
        "facts": _facts(person),
        "findings": [one for one in findings if one.holds],
        "verdict": eligibility.verdict(findings),
        "form": form,
        "stands": stands,
        "own": own,
        "others": scores.of_others(person, request.user),
        "in_conflict": person.state_id in in_conflict(request.user, its),
    }
    return render(request, "sponsorship/assess_nominee.html", context, status=422 if form and form.errors else 200)


def _facts(person: Nominee) -> list[dict[str, Any]]:
    rows = [
        (_("Function"), person.function),
        (_("Expertise"), person.expertise),
        (_("Languages"), listed(language_name(code) for code in person.languages)),
        (_("Gender"), person.get_gender_display() if person.gender else ""),
        (_("Based in Geneva"), _("Yes") if person.based_in_geneva else ""),
        (_("What the State wrote"), person.application.purpose),
    ]
    return [{"term": term, "value": value} for term, value in rows if value]


def _declared(found: ConflictDeclaration | None) -> dict[str, Any]:
    if found is None:
        return {"version": 0}
    return {"version": found.version, "states": list(found.states.all()), "reason": found.reason}


def _score(found: Score | None) -> dict[str, Any]:
    return {"version": found.version, "points": found.points, "reason": found.reason} if found else {"version": 0}
