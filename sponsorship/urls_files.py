"""Files of sponsorship: addresses without a language."""

from typing import Any

app_name = "sponsorship-files"
urlpatterns: list[Any] = []
