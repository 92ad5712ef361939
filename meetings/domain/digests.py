"""Once a day, one mail to each follower: the papers that have come out since the last one, language by language.

Each morning the sweeper looks who has something to hear, and owes one message a person and day. What it says is found
when it leaves; ``Follow.told_until`` moves once it has left, so that nothing is told twice and nothing is lost.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import outbox
from ccm_portal.core.enums import TextStage
from ccm_portal.core.models import DocumentText, Follow, OutgoingMessage, User
from ccm_portal.core.symbols import sort_key
from meetings.domain.following import papers_of, topics
from meetings.domain.paper_reading import LANGUAGE_WORDS, address, title_of
from meetings.rules_papers import public_paper_texts, public_papers

NEWS = "meetings.papers_news"
MORNING = time(5)  # UTC
# A publication that is being written while we look is committed by then.
SETTLED = timedelta(minutes=2)
MOST_PAPERS = 40  # named in one mail; of more, how many


@dataclass(frozen=True)
class New:
    """A paper in the mail: its languages that are new, in words."""

    symbol: str
    title: str
    languages: str
    url: str


def register() -> None:
    """Make the message known to the outbox."""
    outbox.register_kind(
        outbox.MessageKind(
            name=NEWS,
            label=_("New papers, once a day, to who follows"),
            template="meetings/emails/papers_news.txt",
            context=_context,
            on_sent=_sent,
        )
    )


def sweep(*, at: datetime) -> int:
    """Owe this morning's messages. Who has nothing to hear is not asked for again before tomorrow."""
    until = datetime.combine(at.astimezone(UTC).date(), MORNING, tzinfo=UTC)
    if at < until + SETTLED:
        return 0
    behind = Follow.objects.filter(told_until__lt=until, user__is_active=True)
    oldest = behind.aggregate(oldest=Min("told_until"))["oldest"]
    if oldest is None:
        return 0
    day = until.date().isoformat()
    owed = OutgoingMessage.objects.filter(kind=NEWS, key__startswith=f"{NEWS}:{day}:").values("user")
    follows = list(behind.exclude(user__in=owed).select_related("user").order_by("pk"))
    latest = _latest({row.topic for row in follows}, since=oldest, until=until)
    hearing: dict[int, User] = {}
    for row in follows:
        if row.topic in latest and latest[row.topic] > row.told_until:
            hearing[row.user_id] = row.user
    quiet = [row.pk for row in follows if row.user_id not in hearing]
    Follow.objects.filter(pk__in=quiet).update(told_until=until)
    return outbox.owe_many(
        kind=NEWS,
        at=at,
        messages=[
            outbox.Owed(key=f"{NEWS}:{day}:{user.pk}", to=user, language=user.language, ids={"day": day})
            for user in hearing.values()
        ],
    )


def _latest(wanted: Iterable[str], *, since: datetime, until: datetime) -> dict[str, datetime]:
    """When the last text of each topic was published in this time."""
    found = {}
    known = topics(wanted)
    for topic in known:
        texts = public_paper_texts().filter(
            published_at__gt=since, published_at__lte=until, document__in=public_papers().filter(papers_of(topic))
        )
        last = texts.order_by("-published_at").values_list("published_at", flat=True).first()
        if last is not None:
            found[topic] = last
    return found


def news_for(user: User, *, until: datetime) -> list[tuple[str, list[New]]]:
    """What is new in what this person follows, by the name of the topic; a paper stands under one of them."""
    told: set[int] = set()
    found = []
    follows = list(Follow.objects.filter(user=user).order_by("topic"))
    known = topics(row.topic for row in follows)
    for row in follows:
        if row.topic not in known:
            continue
        texts = (
            public_paper_texts()
            .filter(
                published_at__gt=row.told_until,
                published_at__lte=until,
                document__in=public_papers().filter(papers_of(row.topic)),
            )
            .exclude(pk__in=told)
            .select_related("document")
            .order_by("language")
        )
        papers: dict[int, list[DocumentText]] = defaultdict(list)
        for text in texts:
            papers[text.document_id].append(text)
            told.add(text.pk)
        if papers:
            ordered = sorted(papers.values(), key=lambda own: sort_key(own[0].document.symbol or own[0].title))
            found.append((known[row.topic].name, [_new(own) for own in ordered]))
    return found


def _new(texts: list[DocumentText]) -> New:
    document = texts[0].document
    words = [
        f"{LANGUAGE_WORDS[text.language]} ({text.get_stage_display()})"
        if text.stage == TextStage.ADVANCE
        else str(LANGUAGE_WORDS[text.language])
        for text in texts
    ]
    return New(
        symbol=document.symbol,
        title=title_of(document, texts)[0],
        languages=", ".join(words),
        url=settings.SITE_ADDRESS + address(document),
    )


def _context(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    """What is new as it leaves; nothing, if all was told, taken back, or is no longer followed."""
    if message.user is None:
        return None
    groups = news_for(message.user, until=at - SETTLED)
    count = sum(len(papers) for _name, papers in groups)
    if not count:
        return None
    shown, left = [], MOST_PAPERS
    for name, papers in groups:
        if left > 0:
            shown.append((name, papers[:left]))
            left -= len(papers)
    return {
        "groups": shown,
        "count": count,
        "more": max(0, count - MOST_PAPERS),
        "following": settings.SITE_ADDRESS + reverse("meetings:following"),
        "papers": settings.SITE_ADDRESS + reverse("meetings:paper-list"),
    }


def _sent(message: OutgoingMessage, at: datetime) -> None:
    until = at - SETTLED
    Follow.objects.filter(user=message.user, told_until__lt=until).update(told_until=until)
