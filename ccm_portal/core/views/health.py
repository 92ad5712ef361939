"""Pages of the kernel itself: health, what programs ask every site for, and a form that came without its token."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ccm_portal.core import clock, health
from ccm_portal.core.http import came_from_here, public_page


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Database, queue, the oldest unsent message and each periodic job."""
    report = health.report(at=clock.now())
    return JsonResponse(report, status=200 if report["ready"] else 503)


@public_page(lambda request: "")
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; the rest asks to sign in."""
    closed = "".join(f"Disallow: /{place}/\n" for place in ("account", "admin", "desk", "my", "office"))
    return HttpResponse(f"User-agent: *\n{closed}", content_type="text/plain; charset=utf-8")


@public_page()
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("img/favicon.svg"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came without its token, mostly because a session had ended. Nothing is thrown away:
    what was written is shown again, unless another site sent it here."""
    if not came_from_here(request):
        return render(request, "core/csrf_failure.html", status=403)
    kept = [(name, value) for name, values in request.POST.lists() for value in values]
    secret = {"csrfmiddlewaretoken", "code"}
    written = [(name, value) for name, value in kept if name not in secret and "password" not in name]
    return render(request, "core/csrf_failure.html", {"written": written}, status=403)


healthz.is_public_page = True  # type: ignore[attr-defined]
readyz.is_public_page = True  # type: ignore[attr-defined]
