"""Which release of the portal this is: by the newest of the files that pages are drawn from."""

from collections.abc import Iterable
from pathlib import Path

FOLDERS = ("ccm_portal", "reporting", "static", "templates")
KINDS = frozenset({".css", ".csv", ".html", ".js", ".json", ".mo", ".po", ".py", ".txt"})


def newest(base: Path, folders: Iterable[str] = FOLDERS) -> str:
    """The moment of the latest change to code, templates, styles, scripts, words or reference data."""
    files = (path for folder in folders for path in (base / folder).rglob("*") if path.suffix in KINDS)
    return str(max(int(path.stat().st_mtime) for path in files))
