"""A page that could not be stored gives everything back, ready to be sent again. No keystroke is lost."""

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.http import came_from_here
from ccm_portal.core.writing import labelled
from reporting.form.answers import locate
from reporting.form.editions import LATEST, edition
from reporting.form.parts import UnknownPlace
from reporting.forms import CELL, COMMENT, read_section_post
from reporting.models import Report

REASONS = {
    "signed-out": _("Your session has ended, so this could not be stored. Nothing is lost: it stands below."),
    "stale-form": _("You have signed in again since this page was opened. Nothing is lost: send it once more."),
    "not-yours": _("This section is not open to you, so nothing was stored. Your text is kept on this page: copy it."),
    "filed": _("This report was filed meanwhile, so this could not be stored. Your text stands below."),
    "too-much": _("This is too much to be stored at once, so nothing was. Go back, shorten your text and save again."),
    "unknown-place": _("This page does not fit the form any more, so it could not be stored. Your text stands below."),
}
CAN_SEND_AGAIN = frozenset({"signed-out", "stale-form"})


class _Check(CsrfViewMiddleware):
    """Django's own check; it answers with its reason instead of a page."""

    def _reject(self, request: HttpRequest, reason: str) -> str:  # type: ignore[override]
        return reason


def form_token_is_good(request: HttpRequest) -> bool:
    """Whether the form carries this session's token."""
    check = _Check(lambda _request: HttpResponse())
    check.process_request(request)
    request.csrf_processing_done = False  # type: ignore[attr-defined]
    return check.process_view(request, None, (), {}) is None


def unsaved(request: HttpRequest, *, reason: str, status: int, report: Report | None = None) -> HttpResponse:
    """Give the posted text back with the reason.

    :raises Http404: if nothing was posted and there is nothing to see.
    """
    if reason == "too-much":  # what was posted is not read
        return render(request, "reporting/section_unsaved.html", {"reason": REASONS[reason]}, status=status)
    if request.method != "POST" or not came_from_here(request):
        if status == 404:
            raise Http404
        return render(request, "reporting/section_unsaved.html", {"reason": REASONS[reason]}, status=403)
    typed = read_section_post(request.POST, language=get_language() or "en")
    written = {f"{CELL}{path}": text for path, text in typed.texts.items()}
    written |= {f"{COMMENT}{key}": text for key, text in typed.comments.texts.items() if text.strip()}
    rest = [
        (name, value)
        for name in request.POST
        if name not in written and name not in ("csrfmiddlewaretoken", "do")
        for value in request.POST.getlist(name)
    ]
    context = {
        "reason": REASONS[reason],
        "signed_out": reason == "signed-out",
        "may_send_again": reason in CAN_SEND_AGAIN,
        "texts": [(name, _label(request, name), text) for name, text in written.items()],
        "rest": rest,
        "files": [sent.name for name in request.FILES for sent in request.FILES.getlist(name)],
        "report": report,
    }
    return render(request, "reporting/section_unsaved.html", context, status=status)


def _label(request: HttpRequest, name: str) -> str:
    """What the box is called in the form; its plain name if the form does not know it."""
    if name.startswith(COMMENT):
        return gettext("Comment")
    path = name.removeprefix(CELL)
    match = request.resolver_match
    try:
        section = edition(LATEST).section(match.kwargs["key"] if match else "")
        part, _row, question = locate(section, path)
    except UnknownPlace:
        return path
    return labelled(part.title, question.label)
