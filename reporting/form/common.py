"""Small shared types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise
else:
    StrOrPromise = str

Json = dict[str, Any]

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh-hans")

__all__ = ["LANGUAGES", "Json", "StrOrPromise"]
