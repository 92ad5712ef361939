"""Names that exist in the six languages of the United Nations."""

from django.db import models
from django.utils.translation import get_language

# The language codes of the portal and the column that holds each.
COLUMNS = {"ar": "ar", "zh-hans": "zh", "en": "en", "fr": "fr", "ru": "ru", "es": "es"}


def language_column() -> str:
    """The column suffix of the active language; English where there is none."""
    return COLUMNS.get(get_language() or "en", "en")


class Named(models.Model):
    """A name in six languages, and the key it sorts by in each."""

    name_en = models.CharField(max_length=120)
    name_ar = models.CharField(max_length=120, blank=True)
    name_zh = models.CharField(max_length=120, blank=True)
    name_fr = models.CharField(max_length=120, blank=True)
    name_ru = models.CharField(max_length=120, blank=True)
    name_es = models.CharField(max_length=120, blank=True)
    sort_en = models.CharField(max_length=120, blank=True)
    sort_ar = models.CharField(max_length=120, blank=True)
    sort_zh = models.CharField(max_length=120, blank=True)
    sort_fr = models.CharField(max_length=120, blank=True)
    sort_ru = models.CharField(max_length=120, blank=True)
    sort_es = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """The name in the active language; in English where it is missing."""
        return getattr(self, f"name_{language_column()}") or self.name_en

    @property
    def sorts_by(self) -> tuple[str, str]:
        """What ``by_name`` orders by, for lists that stand in memory."""
        return getattr(self, f"sort_{language_column()}"), self.name_en


class NamedQuerySet(models.QuerySet):
    """Ordering by name, in the reader's language."""

    def by_name(self) -> "NamedQuerySet":
        return self.order_by(f"sort_{language_column()}", "name_en")
