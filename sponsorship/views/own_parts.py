"""The page that a nominated person has by a link of their own: their part, and where they stand. It opens nothing else.

Nobody keeps the page and its address goes nowhere: not to a proxy, not to a search engine, not as a referrer. Without a
referrer browsers name no origin either, so a form here carries no token against forgery: another site would have to
know the address, and whoever knows it needs no forgery.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal.ratelimit import consume
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from ccm_portal.core import clock
from ccm_portal.core.seen import stands_now
from committees.domain.said import WorkChanged, WorkRefused
from committees.views.acting import tried
from sponsorship.domain import bank_changes, own_parts, personal_links, sealing, standing
from sponsorship.enums import SealedKind
from sponsorship.forms_own_parts import AboutForm
from sponsorship.forms_sealed import FORMS, BankChangeForm
from sponsorship.models import Nominee, PersonalLink

RATES = {"own_part": "120/m/ip", "own_part_sent": "30/m/ip"}
View = Callable[..., HttpResponse]


def by_link(view: View) -> View:
    """A page that a personal link opens: ``view`` is given the link. Unknown addresses are not there."""

    @csrf_exempt
    @sensitive_post_parameters()
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def page(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        action = "own_part_sent" if request.method == "POST" else "own_part"
        if not consume(request, app="sponsorship", action=action, config=RATES, limit_get=True):
            return _quiet(_closed(request, _("Too many tries. Wait five minutes, then try again."), status=429))
        link = personal_links.found_by(token, at=clock.now())
        if link is None:
            raise Http404
        request.is_public_page = True  # type: ignore[attr-defined]  # the same for whoever holds the link
        return _quiet(view(request, link, token=token, **kwargs))

    return page


def _quiet(answer: HttpResponse) -> HttpResponse:
    add_never_cache_headers(answer)
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _closed(request: HttpRequest, words: str, *, status: int) -> HttpResponse:
    return render(request, "sponsorship/own_part_closed.html", {"words": words}, status=status)


@by_link
@require_safe
def own_part(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse:
    """Where the person stands, and what of their part is filled in. Nothing sealed is shown."""
    person = standing.with_standing(Nominee.objects.filter(pk=link.nominee_id)).get()
    context = frame(link, token) | {
        "standing": standing.where_it_stands(person, on=clock.now().date()),
        "sealed": sealing.masked(person),
        "has_journey": hasattr(standing.last_offer(person), "travel"),
        "waits": bank_changes.open_change(person) is not None,
    }
    return render(request, "sponsorship/own_part.html", context)


@by_link
def own_part_about(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse:
    """The person's own words. Another's change that came in between stands beside what was typed."""
    form = AboutForm(request.POST if request.method == "POST" else None, initial=_initial(link.nominee))
    stands: list[dict[str, Any]] = []
    if form.is_valid():
        words, version = form.words(), form.cleaned_data["version"]
        done, stands = tried(
            form, lambda: own_parts.write(link=link, words=words, version=version, at=clock.now()), now=_initial
        )
        if done:
            return redirect("sponsorship:own-part", token=token)
    context = frame(link, token) | {"form": form, "stands": stands, "title": _("About you")}
    return render(request, "sponsorship/own_part_form.html", context, status=422 if form.errors else 200)


@by_link
def own_part_sealed(request: HttpRequest, link: PersonalLink, token: str, kind: str) -> HttpResponse:
    """One kind that is sealed. The form is always empty: what was given is never shown back."""
    if kind not in SealedKind.values:
        raise Http404
    which = SealedKind(kind)
    version = _version(link.nominee, which)
    changes = which == SealedKind.BANK and version > 0
    form_class = BankChangeForm if changes else FORMS[which]
    form = form_class(request.POST if request.method == "POST" else None, initial={"version": version})
    if form.is_valid():
        try:
            own_parts.seal(
                link=link,
                kind=which,
                values=form.values(),
                reason=form.cleaned_data.get("reason", ""),
                version=form.cleaned_data["version"],
                at=clock.now(),
            )
        except WorkChanged as refusal:
            stands_now(form, _version(link.nominee, which))
            form.add_error(None, str(refusal))
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("sponsorship:own-part", token=token)
    lede = _("This takes the place of what you gave before, which is not shown.") if version else ""
    if changes:
        lede = _("The account you gave stays in force until a sponsorship officer has called you back and confirmed.")
    context = frame(link, token) | {"form": form, "title": which.label, "lede": lede}
    return render(request, "sponsorship/own_part_form.html", context, status=422 if form.errors else 200)


def _version(person: Nominee, kind: SealedKind) -> int:
    return next(one.version for one in sealing.masked(person) if one.kind == kind)


def frame(link: PersonalLink, token: str) -> dict[str, Any]:
    """What each of these pages says."""
    application = link.nominee.application
    return {
        "link": link,
        "token": token,
        "person": link.nominee,
        "application": application,
        "state": application.state,
        "round": application.round,
    }


def _initial(person: Nominee) -> dict[str, Any]:
    needs = {True: "yes", False: "no", None: ""}[person.has_access_needs]
    fields = ("function", "expertise", "languages", "gender", "version")
    return {name: getattr(person, name) for name in fields} | {"needs": needs}
