"""Template tags of every page: dates and numbers in words, addresses, languages, text of unknown direction."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ccm_portal.core import writing
from ccm_portal.core.tick_lists import groups_of

register = template.Library()

LANGUAGE_NAMES = {
    "ar": "العربية",
    "zh-hans": "中文",
    "en": "English",
    "fr": "Français",
    "ru": "Русский",
    "es": "Español",
}
# The tags browsers and readers of the page know.
LANGUAGE_TAGS = {"zh-hans": "zh-Hans"}


@register.filter
def written_date(day: date | None) -> SafeString:
    """{{ report.due|written_date }} -> <time>30 April 2027</time>"""
    if not day:
        return SafeString("")
    machine = day.date() if isinstance(day, datetime) else day
    return format_html('<time datetime="{}">{}</time>', machine.isoformat(), writing.date_text(day))


@register.filter
def plain_date(day: date | None) -> str:
    """A date in words without markup, for SVG and attributes."""
    return writing.date_text(day) if day else ""


@register.filter
def written_time(moment: datetime | None) -> SafeString:
    """{{ version.filed_at|written_time }} -> <time>16:41 UTC</time>"""
    return _time(moment, writing.time_text)


@register.filter
def written_moment(moment: datetime | None) -> SafeString:
    """{{ version.filed_at|written_moment }} -> <time>22 November 2026, 16:41 UTC</time>"""
    return _time(moment, writing.moment_text)


@register.filter
def instant(moment: datetime | None) -> SafeString:
    """{{ deadline_ends|instant }} -> <time>1 May 2027, 12:00 UTC (14:00 in Geneva)</time>"""
    return _time(moment, writing.instant_text)


def _time(moment: datetime | None, text: Callable[[datetime], str]) -> SafeString:
    if not moment:
        return SafeString("")
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(timespec="minutes"), text(moment))


@register.filter
def in_days(day: date | None, on: date) -> str:
    """{{ item.due|in_days:today }} -> in 158 days"""
    return writing.days_text(day, on) if day else ""


@register.filter
def written_number(number: int | float | Decimal | str | None) -> str:
    """{{ area|written_number }} -> 1,204,000"""
    return writing.number_text(number) if isinstance(number, int | float | Decimal) else ""


@register.filter
def bidi(text: object) -> SafeString:
    """Keep a name or figure of unknown direction from disturbing the sentence around it."""
    return format_html("<bdi>{}</bdi>", text)


@register.filter
def references(paragraphs: Iterable[str]) -> SafeString:
    """{{ section.paragraphs|references }} -> 7.1(h), 7.1(i), each kept left to right."""
    return format_html_join(writing.separator(), '<bdi dir="ltr">{}</bdi>', ((one,) for one in paragraphs))


@register.simple_tag
def comma() -> str:
    """{% comma %} between two parts of a line, as the language writes it."""
    return writing.separator()


@register.filter
def initials(name: str) -> str:
    """{{ user.name|initials }} -> AB"""
    words = str(name).split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def page_numbers(page: Page) -> list[int | None]:
    """The pages worth a link: the first, the last and those about this one; None where some are left out."""
    last = page.paginator.num_pages
    shown = sorted({1, last, *range(max(1, page.number - 1), min(last, page.number + 1) + 1)})
    numbers: list[int | None] = []
    for number in shown:
        if numbers and number - (numbers[-1] or 0) == 2:
            numbers.append(number - 1)
        elif numbers and number - (numbers[-1] or 0) > 2:
            numbers.append(None)
        numbers.append(number)
    return numbers


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: object) -> str:
    """The address of this page with some of its query changed: href="{% query_with page=2 %}". None takes one away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return "?" + query.urlencode()


@register.simple_tag(takes_context=True)
def current(context: Context, url: str) -> SafeString:
    """aria-current for a link of the navigation: the page itself, or a page below it."""
    request = context.get("request")
    if request is None or not url:
        return SafeString("")
    if request.path == url:
        return SafeString('aria-current="page"')
    return SafeString('aria-current="true"' if request.path.startswith(url) else "")


@register.simple_tag
def html_language() -> str:
    """The active language as a tag for lang=""."""
    language = get_language() or settings.LANGUAGE_CODE
    return LANGUAGE_TAGS.get(language, language)


@register.simple_tag(takes_context=True)
def languages(context: Context) -> list[dict]:
    """This page in each language: the same path under another prefix, the query kept."""
    request = context.get("request")
    active = get_language() or settings.LANGUAGE_CODE
    path = request.path if request else "/"
    query = f"?{request.GET.urlencode()}" if request and request.GET else ""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    bare = path[len(first) + 1 :] if first in LANGUAGE_NAMES else path
    return [
        {
            "tag": LANGUAGE_TAGS.get(code, code),
            "name": LANGUAGE_NAMES[code],
            "url": ("" if code == settings.LANGUAGE_CODE else f"/{code}") + (bare or "/") + query,
            "active": code == active,
        }
        for code, _name in settings.LANGUAGES
    ]


@register.simple_tag
def demonstration() -> bool:
    """Whether this portal shows made-up data and must say so on every page."""
    return settings.DEMONSTRATION


@register.filter
def language_name(code: str) -> str:
    """{{ text.language|language_name }} -> Portuguese, in the reader's language."""
    return writing.language_name(code)


register.filter("groups_of", groups_of)
