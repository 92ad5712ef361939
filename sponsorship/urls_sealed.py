"""Pages of sealed data."""

from typing import Any

urlpatterns: list[Any] = []
