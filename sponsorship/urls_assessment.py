"""Pages of assessment and offers."""

from typing import Any

urlpatterns: list[Any] = []
