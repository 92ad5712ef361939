"""Pages of settlement and reports."""

from typing import Any

urlpatterns: list[Any] = []
