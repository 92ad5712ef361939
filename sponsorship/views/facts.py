"""Facts about States that rules look at, as officers keep them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import private_page
from ccm_portal.core.permissions import require
from committees.views.acting import pressed, tried
from sponsorship.domain import facts
from sponsorship.enums import FactKind
from sponsorship.forms_policies import FactForm, fact_now
from sponsorship.rules_rounds import office_facts
from sponsorship.views.rounds_office import RUN, form_page


def _list(kind: str) -> str:
    return f"{reverse('sponsorship:office-facts')}?kind={kind}"


@private_page
@require_safe
def office_fact_list(request: HttpRequest) -> HttpResponse:
    """The facts of one kind, State by State."""
    require(request.user, RUN, None)
    asked = request.GET.get("kind", "")
    kind = FactKind(asked) if asked in FactKind.values else FactKind.LEAST_DEVELOPED
    found = sorted(office_facts(request.user).filter(kind=kind), key=lambda one: one.state.name)
    on = clock.today()
    tabs = [{"label": one.label, "url": _list(one), "current": one == kind, "count": None} for one in FactKind]
    rows = [(one, one.until is not None and one.until <= on) for one in found]
    return render(request, "sponsorship/office_facts.html", {"rows": rows, "tabs": tabs, "kind": kind})


@private_page
def fact_new(request: HttpRequest) -> HttpResponse:
    """Note a fact."""
    require(request.user, RUN, None)
    form = FactForm(
        request.POST or None, initial={"version": 0, "confidence": "high", "kind": request.GET.get("kind", "")}
    )
    stands: list[dict[str, Any]] = []
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        done, stands = tried(form, lambda: facts.note(by=request.user, at=clock.now(), **told), now=fact_now)
        if done:
            messages.success(request, _("Saved."))
            return redirect(_list(told["kind"]))
    back = reverse("sponsorship:office-facts")
    return form_page(request, form, title=_("Note a fact about a State"), back=back, stands=stands)


@private_page
def fact_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct or end a fact."""
    fact = get_object_or_404(office_facts(request.user), pk=pk)
    form = FactForm(request.POST or None, fixed=True, initial=fact_now(fact))
    stands: list[dict[str, Any]] = []
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        done, stands = tried(
            form,
            lambda: facts.note(state=fact.state, kind=fact.kind, by=request.user, at=clock.now(), **told),
            now=fact_now,
        )
        if done:
            messages.success(request, _("Saved."))
            return redirect(_list(fact.kind))
    return form_page(
        request,
        form,
        title=fact.state.name,
        lede=fact.get_kind_display(),
        back=_list(fact.kind),
        stands=stands,
        drop=reverse("sponsorship:fact-take-away", args=[fact.pk]),
        drop_version=fact.version,
    )


@private_page
@require_POST
def fact_take_away(request: HttpRequest, pk: int) -> HttpResponse:
    """A fact noted by mistake."""
    fact = get_object_or_404(office_facts(request.user), pk=pk)

    def do(version: int) -> object:
        return facts.take_away(fact=fact, version=version, by=request.user, at=clock.now())

    return pressed(request, do, done=_("Saved."), to=_list(fact.kind))
