"""What Django itself costs: a word, a page of 100 rows, a save of one row. No middleware, no session, no permission."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from reporting.models import Report, SectionDraft


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello", content_type="text/plain")


def rows(request: HttpRequest) -> HttpResponse:
    reports = Report.objects.select_related("state").order_by("-filed_at")[:100]
    return render(request, "bench/rows.html", {"reports": reports})


def save(request: HttpRequest, pk: int) -> HttpResponse:
    """The same row that the portal's autosave changes, read and written back."""
    section = SectionDraft.objects.get(pk=pk)
    section.removed = {"word": request.body.decode()}
    section.save()
    return HttpResponse(status=204)


urlpatterns = [path("hello", hello), path("rows", rows), path("save/<int:pk>", save)]
