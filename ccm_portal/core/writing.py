"""Dates, times and numbers as a reader of each language writes them. Pure functions; pages, mails and PDFs use them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal
from django.conf import settings
from django.utils.translation import get_language, gettext, ngettext, pgettext

LOCALES = {
    "en": Locale.parse("en_GB"),
    "fr": Locale.parse("fr"),
    "es": Locale.parse("es"),
    "ru": Locale.parse("ru"),
    "ar": Locale.parse("ar"),
    "zh-hans": Locale.parse("zh_Hans_CN"),
}
GENEVA = ZoneInfo("Europe/Zurich")
UTC = ZoneInfo("UTC")

# United Nations usage gives each month both of its Arabic names.
LANGUAGES = dict(settings.LANGUAGES)  # in the language of the reader
ARABIC_MONTHS = (
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيه",
    "تموز/يوليه",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)


def plain(text: str) -> str:
    """What somebody wrote, as it is kept: one sign between lines, nothing around it, and nothing no database holds."""
    return text.replace("\x00", "").replace("\r\n", "\n").strip()


def listed(parts: Iterable[object], *, strong: bool = False) -> str:
    """One after the other, with the sign that the language sets between: a comma, or a stronger one."""
    return separator(strong=strong).join(str(part) for part in parts)


def labelled(label: object, text: object) -> str:
    """Area: no answer. French sets a space before the colon."""
    return f"{label}{pgettext('after a label', ':')} {text}"


def separator(*, strong: bool = False) -> str:
    return pgettext("list separator", "; ") if strong else pgettext("list separator", ", ")


def locale(language: str | None = None) -> Locale:
    return LOCALES.get(language or get_language() or "en", LOCALES["en"])


def language_name(code: str) -> str:
    """French, in the language of the reader; of a language that no table knows, its code."""
    if code in LANGUAGES:
        return str(LANGUAGES[code])
    try:
        return str(locale().languages.get(code, code))
    except UnknownLocaleError:
        return code


def date_text(day: date, language: str | None = None) -> str:
    """30 April 2027."""
    here = locale(language)
    if isinstance(day, datetime):
        day = day.astimezone(UTC).date()
    if here.language == "ar":
        return f"{day.day} {ARABIC_MONTHS[day.month - 1]} {day.year}"
    text = format_date(day, "long", locale=here)
    if here.language == "fr" and day.day == 1:
        return text.replace("1", "1er", 1)
    return text


def month_text(year: int, month: int, language: str | None = None) -> str:
    """April 2027."""
    here = locale(language)
    if here.language == "ar":
        return f"{ARABIC_MONTHS[month - 1]} {year}"
    if here.language == "zh":
        return format_skeleton("yMMMM", date(year, month, 1), locale=here)
    return format_date(date(year, month, 1), "LLLL y", locale=here)


def number_text(number: int | float | Decimal, language: str | None = None) -> str:
    """1,204,000 in English, 1 204 000 in French."""
    return format_decimal(number, locale=locale(language), decimal_quantization=False)


def time_text(moment: datetime, language: str | None = None) -> str:
    """16:41 UTC."""
    return gettext("%(time)s UTC") % {"time": _clock(moment, UTC, language)}


def moment_text(moment: datetime, language: str | None = None) -> str:
    """22 November 2026, 16:41 UTC."""
    here = moment.astimezone(UTC)
    return gettext("%(date)s, %(time)s UTC") % {
        "date": date_text(here.date(), language),
        "time": _clock(moment, UTC, language),
    }


def instant_text(moment: datetime, language: str | None = None) -> str:
    """The end of a deadline for those who count in UTC and those who sit in Geneva."""
    there = moment.astimezone(GENEVA)
    words = {"moment": moment_text(moment, language), "time": _clock(moment, GENEVA, language)}
    if there.date() == moment.astimezone(UTC).date():
        return gettext("%(moment)s (%(time)s in Geneva)") % words
    words["date"] = date_text(there.date(), language)
    return gettext("%(moment)s (%(date)s, %(time)s in Geneva)") % words


def days_text(day: date, on: date) -> str:
    """in 158 days, tomorrow, today, yesterday, 206 days ago."""
    days = (day - on) // timedelta(days=1)
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    if days == -1:
        return gettext("yesterday")
    if days > 0:
        return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": number_text(days)}
    return ngettext("%(days)s day ago", "%(days)s days ago", -days) % {"days": number_text(-days)}


def _clock(moment: datetime, zone: ZoneInfo, language: str | None) -> str:
    return format_time(moment, "HH:mm", tzinfo=zone, locale=locale(language))
