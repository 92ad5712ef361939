"""The annotated programme as a file, the same for everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from ccm_portal.core.http import public_page
from ccm_portal.core.views.giving_out import given_out
from meetings.domain import programmes
from meetings.models import AgendaRevision, ProgrammePdf
from meetings.rules import public_meetings


@public_page()
def programme_pdf(request: HttpRequest, key: str, number: int, language: str) -> HttpResponseBase:
    """The file; while a worker still makes it, that it is being made, with the answer "later"."""
    revision = get_object_or_404(AgendaRevision, meeting__in=public_meetings().filter(key=key), number=number)
    row = ProgrammePdf.objects.select_related("file", "revision__meeting").filter(revision=revision, language=language)
    found = row.first()
    if found is None:
        raise Http404
    if found.file is None:
        return _later(request, found)
    return given_out(request, found.file, programmes.file_name(found), cache="public, max-age=3600")


def _later(request: HttpRequest, row: ProgrammePdf) -> HttpResponse:
    context = {"meeting": row.revision.meeting, "revision": row.revision}
    answer = render(request, "meetings/programme_later.html", context, status=503)
    answer["Retry-After"] = "60"
    return answer
