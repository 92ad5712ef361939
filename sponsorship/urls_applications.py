"""Pages of applications."""

from typing import Any

urlpatterns: list[Any] = []
