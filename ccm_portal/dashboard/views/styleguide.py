"""The style guide: every component in every state, in both directions and both colour schemes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from ccm_portal.core.http import public_page
from ccm_portal.dashboard import specimens


@public_page()
def styleguide(request: HttpRequest) -> HttpResponse:
    def drawn(key: str, language: str) -> str:
        words = specimens.ARABIC if language == "ar" else specimens.ENGLISH
        with translation.override(language):
            return render_to_string("styleguide/specimens.html", specimens.examples(words, key), request)

    context = {"plain": drawn("p", "en"), "mirrored": drawn("m", "ar"), "dark": drawn("d", "en")}
    return render(request, "styleguide/index.html", context)
