"""Obligations for the bench: the whole table of all States over forty years, and the pages that show it."""

from django.urls import reverse

from ccm_portal.bench import data
from ccm_portal.bench.figures import Row, queries, quickest
from ccm_portal.core.models import State
from compliance.domain.obligations import obligations

YEARS = range(2010, 2050)


def table_row() -> Row:
    """Every row with its reason in words is more than any page shows; the table itself is what is measured."""
    found = len(obligations(State.objects.all(), on=data.NOW.date(), years=YEARS))
    seconds = quickest(lambda: len(obligations(State.objects.all(), on=data.NOW.date(), years=YEARS)))
    words = f"obligations of every State over {len(YEARS)} years ({found})"
    return Row(words, f"{seconds:.2f} s", aim="under 0.5 s", holds=seconds < 0.5)


def pages_row() -> Row:
    """The list of all States costs as many queries as the list of one."""
    address = f"{reverse('compliance:obligation-list')}?standing=all"
    many, one = queries(address), queries(f"{address}&state=lao-pdr")
    return Row("queries: obligations of all States", str(many), f"{one} for one State", "constant", many <= one + 1)
