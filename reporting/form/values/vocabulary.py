"""Words that carry meaning in an answer, in the six languages. The first of each list is the one we write.

They are data, not catalogue entries: what people type must be understood whatever language the page is in.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

Vocabulary = dict[str, dict[str, tuple[str, ...]]]

SPECIAL: Vocabulary = {
    "unknown": {
        "en": ("unknown", "not known", "don't know", "do not know"),
        "fr": ("inconnu", "inconnue", "inconnus", "inconnues", "non connu", "on ne sait pas"),
        "es": ("desconocido", "desconocida", "desconocidos", "desconocidas", "se desconoce", "sin datos"),
        "ru": ("неизвестно", "нет данных", "не известно"),
        "ar": ("غير معروف", "غير معروفة", "مجهول", "مجهولة"),
        "zh-hans": ("未知", "不详", "不明", "不清楚"),
    },
    "none": {
        "en": ("none", "nil", "nothing"),
        "fr": ("aucun", "aucune", "aucuns", "aucunes", "néant", "rien"),
        "es": ("ninguno", "ninguna", "ningunos", "ningunas", "nada"),
        "ru": ("нет", "отсутствует", "отсутствуют", "никаких"),
        "ar": ("لا يوجد", "لا توجد", "لا شيء"),
        "zh-hans": ("无", "没有", "沒有"),
    },
    "not_applicable": {
        "en": ("not applicable", "n/a", "n.a.", "does not apply"),
        "fr": ("sans objet", "s.o.", "s/o", "non applicable"),
        "es": ("no aplicable", "no se aplica", "no procede", "n. a."),
        "ru": ("не применимо", "неприменимо", "не применяется"),
        "ar": ("لا ينطبق", "لا تنطبق", "غير منطبق"),
        "zh-hans": ("不适用", "不適用"),
    },
}

PRECISION: Vocabulary = {
    "about": {
        "en": ("about", "approximately", "approx", "around", "roughly", "circa", "ca", "c", "some", "~", "≈", "±"),
        "fr": ("environ", "approximativement", "à peu près", "env"),
        "es": ("aproximadamente", "unos", "unas", "alrededor de", "cerca de", "aprox"),
        "ru": ("около", "примерно", "приблизительно", "порядка", "ок"),
        "ar": ("حوالي", "نحو", "تقريبا", "ما يقرب من", "قرابة", "زهاء"),
        "zh-hans": ("约", "大约", "大概", "左右", "約"),
    },
    "at_least": {
        "en": ("at least", "no fewer than", "not fewer than", "no less than", "not less than", "minimum", "≥", ">="),
        "fr": ("au moins", "au minimum", "pas moins de"),
        "es": ("al menos", "por lo menos", "como mínimo", "no menos de"),
        "ru": ("не менее", "как минимум", "минимум", "по меньшей мере"),
        "ar": ("ما لا يقل عن", "على الأقل", "لا يقل عن"),
        "zh-hans": ("至少", "不少于", "最少"),
    },
    "at_most": {
        "en": ("at most", "up to", "no more than", "not more than", "maximum", "≤", "<="),
        "fr": ("au plus", "jusqu'à", "au maximum", "pas plus de"),
        "es": ("como máximo", "a lo sumo", "hasta", "no más de"),
        "ru": ("не более", "максимум", "не больше", "до"),
        "ar": ("ما لا يزيد على", "على الأكثر", "لا يزيد على", "لا يزيد عن"),
        "zh-hans": ("至多", "最多", "不超过", "不多于"),
    },
}

YES_NO: Vocabulary = {
    "yes": {
        "en": ("yes", "y", "true"),
        "fr": ("oui", "o"),
        "es": ("sí", "si"),
        "ru": ("да",),
        "ar": ("نعم",),
        "zh-hans": ("是", "有"),
    },
    "no": {
        "en": ("no", "n", "false"),
        "fr": ("non",),
        "es": ("no",),
        "ru": ("нет",),
        "ar": ("لا", "كلا"),
        "zh-hans": ("否", "不", "没有"),
    },
}

TIMES: dict[str, int] = {
    **dict.fromkeys(("thousand", "mille", "mil", "тысяч", "тысячи", "тыс", "ألف", "آلاف", "千"), 10**3),
    **dict.fromkeys(
        ("million", "millions", "millon", "millones", "миллион", "миллиона", "миллионов", "млн", "مليون", "ملايين"),
        10**6,
    ),
    "百万": 10**6,
    "万": 10**4,
    "亿": 10**8,
}

_MARKS = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "−": "-", "‐": "-", "‑": "-"}
)


_RAISED_AFTER_DIGIT = re.compile(r"(?<=\d)(?=[⁰¹²³⁴-⁹])")


def fold(text: str) -> str:
    """The text as it is compared: one width, one case, no accents, no invisible signs, plain digits.

    A raised figure behind a digit is a footnote or a power, never one more digit: it is set apart by "^".
    """
    text = _RAISED_AFTER_DIGIT.sub("^", text.translate(_MARKS))
    text = unicodedata.normalize("NFKC", text).translate(_MARKS)
    text = "".join(
        str(unicodedata.digit(sign)) if unicodedata.category(sign) == "Nd" else sign
        for sign in unicodedata.normalize("NFKD", text.casefold())
        if unicodedata.category(sign) not in ("Mn", "Cf", "Cc") or sign in "\n\t"
    )
    return " ".join(text.split())


@cache
def _lookup(name: str) -> dict[str, str]:
    vocabulary = {"special": SPECIAL, "yes_no": YES_NO}[name]
    return {
        fold(word): meaning
        for meaning, by_language in vocabulary.items()
        for words in by_language.values()
        for word in words
    }


def meaning(name: str, text: str) -> str | None:
    """What the whole of ``text`` means in a vocabulary ("special" or "yes_no"), if anything."""
    folded = fold(text)
    found = _lookup(name).get(folded)
    return found or _lookup(name).get(folded.rstrip(" .!"))


def say(vocabulary: Vocabulary, word: str, language: str) -> str:
    """How we write ``word`` in that language."""
    by_language = vocabulary[word]
    return by_language.get(language, by_language["en"])[0]


@cache
def _precision_patterns() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    words = {
        fold(word): meaning
        for meaning, by_language in PRECISION.items()
        for group in by_language.values()
        for word in group
    }
    ordered = sorted(words, key=len, reverse=True)
    spaced = "|".join(re.escape(word) for word in ordered if len(word) > 2 and word.isascii() or _is_letter(word[0]))
    closed = "|".join(re.escape(fold(word)) for group in PRECISION.values() for word in group["zh-hans"])
    either = "|".join(re.escape(word) for word in ordered)
    before = re.compile(rf"({either})(?:(?<=[a-zа-я])\.)?(?:(?![^\W\d_])|(?<=[\u4e00-\u9fff]))\s*(?=\S)")
    after = re.compile(rf"(?<=\S)\s+({spaced})\.?$|(?<=\S)({closed})$")
    return before, after, words


def _is_letter(sign: str) -> bool:
    return sign.isalpha() and not "\u4e00" <= sign <= "\u9fff" and not sign.isascii()


def split_precision(folded: str) -> tuple[str, str]:
    """Take "about", "at least" or "at most" off a folded text: ("about", "1200")."""
    before, after, words = _precision_patterns()
    if found := before.match(folded):
        return words[found[1]], folded[found.end() :]
    if folded.endswith("+"):
        return "at_least", folded[:-1].rstrip()
    if found := after.search(folded):
        return words[found[1] or found[2]], folded[: found.start()].rstrip()
    return "exact", folded


def with_precision(precision: str, amount: str, language: str) -> str:
    """ "about 1200" in that language."""
    if precision == "exact":
        return amount
    return f"{say(PRECISION, precision, language)} {amount}"
