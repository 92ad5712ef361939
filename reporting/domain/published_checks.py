"""The checks as the public page lists them: by what they are about, each with an example of what it says."""

from dataclasses import dataclass

from reporting.form.checks import BLOCKS, CHECKS, GROUPS, Check
from reporting.form.common import StrOrPromise
from reporting.form.editions import LATEST
from reporting.form.editions import edition as edition_of
from reporting.form.examples import sentence_of


@dataclass(frozen=True)
class ListedCheck:
    """One rule, ready to be read. No ``sections`` are named where it looks at all of them."""

    check: Check
    blocks: bool
    sections: list[StrOrPromise]
    example: str


@dataclass(frozen=True)
class ListedGroup:
    key: str
    title: StrOrPromise
    checks: list[ListedCheck]


def listed() -> list[ListedGroup]:
    """Every check, in the active language; within a group what stops a filing first."""
    return [ListedGroup(group.key, group.title, [_listed(one) for one in _ordered(group.key)]) for group in GROUPS]


def _ordered(group: str) -> list[Check]:
    of_group = [check for check in CHECKS.values() if check.group.key == group]
    return sorted(of_group, key=lambda check: check.severity != BLOCKS)


def _listed(check: Check) -> ListedCheck:
    form = edition_of(LATEST)
    return ListedCheck(
        check=check,
        blocks=check.severity == BLOCKS,
        sections=[form.section(key).title for key in check.sections],
        example=sentence_of(check.key),
    )
