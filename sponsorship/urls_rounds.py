"""Pages of rounds."""

from typing import Any

urlpatterns: list[Any] = []
