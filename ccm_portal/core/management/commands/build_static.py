"""Join the stylesheets, in the order of their cascade layers, into the files that pages load.

portal.css serves every page; desk.css is added on the pages of signed-in people, and on the public one that compares
two versions, so that a reader does not pay for editors; meetings.css, everything in static/css/meetings/, is added on
the pages of committees and meetings; compliance.css, everything in static/css/compliance/, on those of obligations,
extension requests, positions and cases; sponsorship.css, everything in static/css/sponsorship/,
on those of sponsorship.
"""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

HEAD = ("tokens.css", "base.css", "layout.css")
FOLDERS = ("components", "pages")
TAIL = ("print.css",)
DESK = frozenset(
    {
        "account.css",
        "comments.css",
        "difference.css",
        "draft.css",
        "files.css",
        "office.css",
        "workbook-row.css",
        "workbook.css",
        "row-editor.css",
        "styleguide.css",
    }
)

OF_APPS = ("meetings.css", "compliance.css", "sponsorship.css")
PORTAL, DESK_BUNDLE = "portal.css", "desk.css"
BUNDLES = (PORTAL, DESK_BUNDLE, *OF_APPS)

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
STRING = re.compile(r'"[^"\n]*"')


def sources(folder: Path, bundle: str = PORTAL) -> list[Path]:
    if bundle in OF_APPS:
        return sorted((folder / bundle.removesuffix(".css")).glob("*.css"))
    middle = [path for name in FOLDERS for path in sorted((folder / name).glob("*.css"))]
    if bundle == DESK_BUNDLE:
        return [path for path in middle if path.name in DESK]
    kept = [path for path in middle if path.name not in DESK]
    return [folder / name for name in HEAD] + kept + [folder / name for name in TAIL]


def minified(css: str) -> str:
    """Without comments and idle space. Strings are put aside first, so that nothing inside them changes."""
    kept: list[str] = []

    def put_aside(match: re.Match[str]) -> str:
        kept.append(match.group())
        return f'"{len(kept) - 1}"'

    css = STRING.sub(put_aside, COMMENT.sub("", css))
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css)
    css = re.sub(r"([a-z-]): ", r"\1:", css)
    css = css.replace(";}", "}").strip()
    return STRING.sub(lambda match: kept[int(match.group()[1:-1])], css)


def stylesheet(folder: Path, bundle: str = PORTAL) -> str:
    return "\n".join(minified(path.read_text(encoding="utf-8")) for path in sources(folder, bundle)) + "\n"


class Command(BaseCommand):
    help = "Join static/css/ into static/build/, one bundle for every page, one for desks, one for each app."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        static = Path(settings.BASE_DIR) / "static"
        for name in BUNDLES:
            target = static / "build" / name
            css = stylesheet(static / "css", name)
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists() or target.read_text(encoding="utf-8") != css:
                target.write_text(css, encoding="utf-8")
            self.stdout.write(f"{target.relative_to(settings.BASE_DIR)}: {len(css.encode()):,} bytes")
