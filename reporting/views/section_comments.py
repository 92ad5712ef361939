"""Comments on a section's page: sent and settled with the page's own form, drawn beside the place they are about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from ccm_portal.core.http import number_of
from ccm_portal.core.models import User
from ccm_portal.core.writing import labelled
from reporting.domain import comments
from reporting.form.parts import Section
from reporting.forms import CommentPost
from reporting.models import DraftComment, SectionDraft
from reporting.rules import visible_comments

MOST_PLACES = 300  # to choose from; in a longer table one comments on the whole of it


@dataclass(kw_only=True)
class Talk:
    """The comments at a part, or with the key "" at the section, and the box for a new one."""

    key: str
    title: str = ""
    open_ones: list[DraftComment] = field(default_factory=list)
    settled: list[DraftComment] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)
    typed: str = ""
    about: str = ""
    problem: str = ""

    @property
    def id(self) -> str:
        return f"talk-{self.key}" if self.key else "talk"


@dataclass(frozen=True, kw_only=True)
class Said:
    """What became of the comments of a page that was posted."""

    unsent: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    problem_at: str = ""
    focus: str = ""


def say(draft: SectionDraft, post: CommentPost, *, leaves: bool, by: User, at: datetime) -> Said:
    """Send the comment whose button was pressed, or settle one. With ``leaves`` every comment begun is sent, since
    the page with its boxes is not coming back."""
    unsent = {key: text for key, text in post.texts.items() if text.strip()}
    sends = list(unsent) if leaves and not post.act else []
    if post.act == "comment":
        sends = [post.target]
    focus = ""
    for key in sends:
        path = post.places.get(key, key)
        try:
            said = comments.comment(section=draft, path=path, text=post.texts.get(key, ""), by=by, at=at)
        except comments.CommentRefused as refusal:
            return Said(unsent=unsent, places=post.places, problem=str(refusal), problem_at=key)
        unsent.pop(key, None)
        focus = f"comment-{said.pk}"
    if post.act in ("settle", "reopen"):
        change = comments.settle if post.act == "settle" else comments.reopen
        if known := visible_comments(by).filter(section=draft, pk=number_of(post.target)).first():
            change(comment=known, by=by, at=at)
            focus = f"comment-{known.pk}" if post.act == "reopen" else talk_of(known.path)
    return Said(unsent=unsent, places=post.places, focus=focus)


def talk_of(path: str) -> str:
    """The id of the block in which a comment about this place stands, or would."""
    part = path.partition(".")[0]
    return f"talk-{part}" if part else "talk"


def of_section(draft: SectionDraft, *, for_person: User) -> list[DraftComment]:
    return list(visible_comments(for_person).filter(section=draft).order_by("written_at", "pk"))


def talks(
    section: Section, said: Iterable[DraftComment], labels: Mapping[str, Mapping[str, str]], typed: Said
) -> dict[str, Talk]:
    """The blocks of a page, by part. ``labels`` names the boxes of each part: open comments about them stand at the
    boxes, and all others in the block of their part; of a row that is gone, too."""
    found = {"": Talk(key="", title=str(section.title))}
    for part in section.parts:
        places = labels.get(part.key, {})
        found[part.key] = Talk(key=part.key, title=str(part.title))
        if len(places) <= MOST_PLACES:
            found[part.key].places = [(part.key, _("All of it")), *places.items()]
    for comment in said:
        part = comment.path.partition(".")[0]
        talk = found.get(part) or found[""]
        here = labels.get(part, {})
        comment.place = here.get(comment.path, "") or (  # type: ignore[attr-defined]
            _("a row that was removed") if "." in comment.path else ""
        )
        if comment.settled_at:
            talk.settled.append(comment)
        elif comment.path not in here:
            talk.open_ones.append(comment)
    for key, text in typed.unsent.items():
        if key in found:
            found[key].typed, found[key].about = text, typed.places.get(key, key)
    if typed.problem and typed.problem_at in found:
        found[typed.problem_at].problem = typed.problem
    return found


def at_boxes(said: Iterable[DraftComment]) -> dict[str, list[DraftComment]]:
    """The open comments by the place they are about."""
    found: dict[str, list[DraftComment]] = {}
    for comment in comments.open_ones(said):
        found.setdefault(comment.path, []).append(comment)
    return found


def where(section: Section, path: str) -> str:
    """A place in words, without a row's name: for lists outside the section's page."""
    part, _dot, rest = path.partition(".")
    known = next((one for one in section.parts if one.key == part), None)
    if known is None:
        return ""
    name = rest.rpartition(".")[2]
    question = next((one for one in known.fields if one.key == name), None)
    if question is None or str(question.label) == str(known.title):
        return str(known.title)
    return labelled(known.title, question.label)
