"""Read settings from the environment, typed, and refuse to start on nonsense."""

import os
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes"}, {"0", "false", "no", ""}


def text(name: str, default: str | None = None) -> str:
    """The variable as it stands. Without a default it must be set."""
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(f"{name} must be set.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """A yes or a no."""
    value = os.environ.get(name, str(default)).lower()
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} is {value!r}; use true or false.")
    return value in TRUE


def number(name: str, default: int) -> int:
    """A whole number."""
    value = os.environ.get(name) or str(default)
    try:
        return int(value)
    except ValueError as wrong:
        raise ImproperlyConfigured(f"{name} is {value!r}; use a whole number.") from wrong


def day(name: str, default: str) -> date:
    """A day, as YYYY-MM-DD."""
    value = os.environ.get(name) or default
    try:
        return date.fromisoformat(value)
    except ValueError as wrong:
        raise ImproperlyConfigured(f"{name} is {value!r}; use a day such as 2026-04-30.") from wrong


def folder_apart(name: str, default: Path, *others: Path) -> Path:
    """A folder that neither lies in any of the others nor holds one of them."""
    value = Path(text(name, str(default))).resolve()
    for other in (path.resolve() for path in others):
        if value.is_relative_to(other) or other.is_relative_to(value):
            raise ImproperlyConfigured(f"{name} is {str(value)!r}; use a folder apart from {str(other)!r}.")
    return value


def words(name: str, default: str | None = "") -> list[str]:
    """A list, separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(url: str) -> dict[str, object]:
    """Django's description of a PostgreSQL address.

    ``postgresql://user:password@host:port/name`` or, for a socket,
    ``postgresql://user@/name?host=/folder``.

    :raises ImproperlyConfigured: for anything but PostgreSQL.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("The database must be PostgreSQL (postgresql://…).")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "ccm_portal.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or query.get("port", "")),
    }
