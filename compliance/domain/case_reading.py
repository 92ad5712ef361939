"""A case as one person reads it: its time line with each reply beside its concern, its files, what waits.

Everything is asked for once, whatever the number of entries.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from ccm_portal.core.models import User
from ccm_portal.core.writing import listed
from compliance.enums import EntryKind, EntryReaders, Side
from compliance.models import CaseEntry, CaseFile, CasePlace, ComplianceCase, EntryReader
from compliance.rules import visible_entries
from compliance.rules_casework import edits, is_states_own, opens, says, visible_files


@dataclass(kw_only=True)
class Line:
    """One entry, for one reader. ``by`` and ``chosen`` are empty for the State concerned, which learns no names."""

    entry: CaseEntry
    by: str = ""
    chosen: str = ""
    may_edit: bool = False
    may_open: bool = False
    may_say: bool = False
    is_states_own: bool = False
    files: list[CaseFile] = field(default_factory=list)
    replies: list["Line"] = field(default_factory=list)

    @property
    def is_concern(self) -> bool:
        return self.entry.kind == EntryKind.CONCERN

    @property
    def waits(self) -> bool:
        """Put to the State, and nothing has come back."""
        return self.is_concern and not self.replies

    @property
    def last_day(self) -> date:
        """Of the entry, or of the last reply to it: a reply brings its concern to the top."""
        return max([self.entry.on, *(reply.entry.on for reply in self.replies)])

    @property
    def title(self) -> str:
        """What it is; of a step, where it led."""
        return str(self.entry.get_step_display() if self.entry.step else self.entry.get_kind_display())


def time_line(user: User, case: ComplianceCase, place: CasePlace) -> list[Line]:
    """The last first. A reply stands with its concern and nowhere else."""
    entries = list(visible_entries(user, case).order_by("on", "pk"))
    files: dict[int, list[CaseFile]] = defaultdict(list)
    for row in visible_files(user, case).order_by("pk"):
        files[row.entry_id].append(row)
    names = _chosen(entries, place)
    lines = {entry.pk: _line(entry, place, files[entry.pk], names.get(entry.pk, "")) for entry in entries}
    for line in lines.values():
        asked = lines.get(line.entry.answers_id or 0)
        if asked:
            asked.replies.append(line)
            asked.may_edit = False  # what the State replied to stays as it was put
    alone = [line for line in lines.values() if not line.entry.answers_id]
    return sorted(alone, key=lambda line: (line.last_day, line.entry.pk), reverse=True)


def one_line(user: User, case: ComplianceCase, place: CasePlace, number: int) -> Line | None:
    """An entry with what stands beside it, if this person may read it."""
    for line in time_line(user, case, place):
        for one in [line, *line.replies]:
            if one.entry.pk == number:
                return one
    return None


def waiting(lines: list[Line]) -> list[Line]:
    """The concerns to which no reply has come, the oldest first."""
    return sorted((line for line in lines if line.waits), key=lambda line: (line.entry.on, line.entry.pk))


def _line(entry: CaseEntry, place: CasePlace, files: list[CaseFile], chosen: str) -> Line:
    of_team = place.side == Side.TEAM
    return Line(
        entry=entry,
        by=entry.written_by.name if of_team and entry.written_by else "",
        chosen=chosen,
        may_edit=edits(place, entry),
        may_open=opens(place, entry),
        may_say=says(place, entry),
        is_states_own=is_states_own(entry),
        files=files,
    )


def _chosen(entries: list[CaseEntry], place: CasePlace) -> dict[int, str]:
    """The names of those chosen to read an entry, for the team."""
    wanted = [entry.pk for entry in entries if entry.readers == EntryReaders.CHOSEN]
    if place.side != Side.TEAM or not wanted:
        return {}
    names: dict[int, list[str]] = defaultdict(list)
    rows = EntryReader.objects.filter(entry__in=wanted).order_by("user__name").values_list("entry", "user__name")
    for number, name in rows:
        names[number].append(name)
    return {number: listed(found) for number, found in names.items()}
