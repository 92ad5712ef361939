"""Files that go with an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from reporting.form.common import Json
from reporting.form.values.base import Kind, Value

_FILE = re.compile(r"(.+?) \((?:([a-z0-9.+/-]{3,100}), (\d{1,12}) bytes, )?sha256:([0-9a-f]{64})\)")


@dataclass(frozen=True)
class Attachments(Kind):
    """Files that go with the answer, and words about them. Each file is named together with its fingerprint, and with
    its type and size where the portal holds it."""

    name: ClassVar[str] = "attachments"
    multiline: ClassVar[bool] = True
    images_only: bool = False

    def schema(self) -> Json:
        names = {
            "name": {"type": "string", "minLength": 1},
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "type": {"type": "string", "pattern": "^[a-z0-9.+/-]{3,100}$"},
            "size": {"type": "integer", "minimum": 1},
        }
        file = {
            "type": "object",
            "properties": names,
            "required": ["name", "sha256"],
            "additionalProperties": False,
        }
        return {"files": {"type": "array", "items": file}, "words": {"type": "string"}}

    def read(self, text: str, language: str) -> Value:
        files: list[Json] = []
        words: list[str] = []
        for line in text.split("\n"):
            found = _FILE.fullmatch(line)
            if found:
                files.append(_named(found))
            else:
                words.append(line)
        return {"files": files, "words": re.sub(r"\n{3,}", "\n\n", "\n".join(words)).strip()}

    def write(self, value: Value, language: str) -> str:
        return "\n".join([*map(_line, value["files"]), *([value["words"]] if value["words"] else [])])

    def display(self, value: Value, language: str) -> str:
        return "\n".join([*(file["name"] for file in value["files"]), *([value["words"]] if value["words"] else [])])


def _named(found: re.Match[str]) -> Json:
    file: Json = {"name": found[1], "sha256": found[4]}
    if found[2] and int(found[3]):
        file |= {"type": found[2], "size": int(found[3])}
    return file


def _line(file: Json) -> str:
    about = f"{file['type']}, {file['size']} bytes, " if "type" in file and "size" in file else ""
    return f"{file['name']} ({about}sha256:{file['sha256']})"


def files_of(cell: Value | None) -> list[Json]:
    """The files that an answer names."""
    return list(cell["files"]) if cell and cell["is"] == "given" and "files" in cell else []


def lacks_files(cell: Value | None, earlier: Value | None) -> bool:
    """Whether an answer does not name every file that the earlier one names."""
    return not {file["sha256"] for file in files_of(earlier)} <= {file["sha256"] for file in files_of(cell)}


def words_of(cell: Value | None, text: str) -> str:
    """What is to be edited as text: the words beside the files. ``text`` is the whole answer as text."""
    return str(cell["words"]) if cell and files_of(cell) else text


def with_files(cell: Value | None, files: Sequence[Json], *, origin: str = "typed") -> Value | None:
    """The answer with exactly these files, its words as they are; ``None`` if nothing is left."""
    words = ""
    if cell and cell["is"] == "given":
        words = cell["words"]
    if not files and not words:
        return None if cell is None or cell["is"] == "given" else cell
    return {"is": "given", "files": list(files), "words": words, "from": origin}


def together(files: Sequence[Json], more: Sequence[Json]) -> list[Json]:
    """All files, each once."""
    known = {file["sha256"] for file in files}
    return [*files, *(file for file in more if file["sha256"] not in known)]
