"""Pages of money."""

from typing import Any

urlpatterns: list[Any] = []
