"""Django's own templates, for the bare server."""

from typing import Any

from django.template.backends.django import DjangoTemplates


class BareTemplates(DjangoTemplates):
    """Without the tags of the apps: these would load the whole portal."""

    def get_templatetag_libraries(self, custom_libraries: dict[str, str]) -> dict[str, Any]:
        return custom_libraries
