"""Django's own templates, for the bare server."""

from typing import Any

from django.template.backends.django import DjangoTemplates


class BareTemplates(DjangoTemplates):
    """With Django's own tags alone: those of the apps would load the whole portal."""

    def get_templatetag_libraries(self, custom_libraries: dict[str, str]) -> dict[str, Any]:
        return {"i18n": "django.templatetags.i18n", **custom_libraries}
