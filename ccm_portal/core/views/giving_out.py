"""Stored files as answers: locked, told by their hash, and never opened on our pages but for pictures."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from ccm_portal.core.file_kinds import PICTURES
from ccm_portal.core.models import StoredFile

# A file is no page: it may run nothing, load nothing, and talk to nobody.
LOCKED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def given_out(
    request: HttpRequest, stored: StoredFile, name: str, *, cache: str, found: bool = True
) -> HttpResponseBase:
    """The bytes as they are kept. Pictures may be drawn on our pages; all else is to be saved, never opened here.

    ``found``: whether search engines may list it.
    """
    tag = quote_etag(stored.sha256)
    headers = {
        "ETag": tag,
        "Cache-Control": cache,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": LOCKED,
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if not found:
        headers["X-Robots-Tag"] = "noindex"
    if held := get_conditional_response(request, etag=tag):
        for header, value in headers.items():
            held[header] = value
        return held
    kind = "text/plain; charset=utf-8" if stored.content_type == "text/plain" else stored.content_type
    return FileResponse(
        stored.file.open("rb"),
        as_attachment=stored.content_type not in PICTURES,
        filename=name,
        content_type=kind,
        headers=headers,
    )


def given(content: str | bytes, name: str, *, kind: str = "application/json", saved: bool = True) -> HttpResponse:
    """A file that was made for this answer: to be saved, or with ``saved=False`` opened by the program that asks."""
    way = "attachment" if saved else "inline"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'{way}; filename="{name}"'})
