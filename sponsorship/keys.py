"""The keys that wrap the data keys of rounds: one file each, in a folder outside database, media and backups.

Without its file neither the rows of today nor those of an old backup open. A destroyed key leaves an empty mark behind,
so that a database that is restored later is told apart from one whose folder is not mounted.
"""

import os
import secrets
from pathlib import Path
from uuid import uuid4

from django.conf import settings

SIZE = 32  # bytes: AES-256
DESTROYED = ".destroyed"


class KeyMissing(Exception):
    """There is no such key file. ``destroyed`` says whether the portal itself did that."""

    def __init__(self, name: str, *, destroyed: bool) -> None:
        super().__init__(name)
        self.destroyed = destroyed


def folder() -> Path:
    """The folder, made when it is first asked for, open to the portal's own account alone."""
    path = Path(settings.SPONSORSHIP_KEYS)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_mode & 0o077:
        path.chmod(0o700)
    return path


def make() -> tuple[str, bytes]:
    """A new key, on the disk before this returns: its name, and the key."""
    name, key = uuid4().hex, secrets.token_bytes(SIZE)
    path = folder() / name
    unfinished = path.with_suffix(".new")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)
    _settle(path.parent)
    return name, key


def read(name: str) -> bytes:
    """:raises KeyMissing: if there is no such file, or it holds no key."""
    path = folder() / name
    gone = is_destroyed(name)
    key = path.read_bytes() if path.is_file() and not gone else b""
    if len(key) != SIZE:
        raise KeyMissing(name, destroyed=gone)
    return key


def is_destroyed(name: str) -> bool:
    """Whether the portal destroyed it, in this folder."""
    return (folder() / f"{name}{DESTROYED}").exists()


def destroy(name: str) -> None:
    """Overwrite and delete the file, and leave the mark. Destroying twice, or what is lost, is harmless."""
    path = folder() / name
    (folder() / f"{name}{DESTROYED}").touch(mode=0o600)
    _settle(path.parent)  # the mark first: whatever stops this from here on, the key is not read again
    if path.exists():
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(max(path.stat().st_size, SIZE)))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        _settle(path.parent)


def _settle(parent: Path) -> None:
    """What happened in the folder is on the disk."""
    handle = os.open(parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
