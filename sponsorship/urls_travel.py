"""Pages of travel and duties."""

from typing import Any

urlpatterns: list[Any] = []
