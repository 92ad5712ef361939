"""A donor's own pages: what it promised and sent, and what that does. Its own money only, and no names."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import require
from sponsorship.domain import money_reading as reading
from sponsorship.domain.instalments import open_parts
from sponsorship.rules_money import own_contributions
from sponsorship.rules_settlement import own_accounts


@require_safe
@private_page
def my_contributions(request: PrivateRequest) -> HttpResponse:
    require(request.user, "sponsorship.follow_contributions", None)
    found = list(own_contributions(request.user).order_by("-pledged_on", "-pk"))
    amounts = reading.amounts(found)
    context = {"rows": [(one, amounts[one.pk]) for one in found]}
    return render(request, "sponsorship/money/my_contributions.html", context)


@require_safe
@private_page
def my_contribution(request: PrivateRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(own_contributions(request.user), pk=pk)
    context = {
        "row": row,
        "amounts": reading.amounts([row])[row.pk],
        "parts": open_parts([row])[row.pk],
        "brought": reading.brought(row),
        "accounts": own_accounts(request.user).filter(contribution=row).order_by("-issued_at"),
        "on": clock.today(),
    }
    return render(request, "sponsorship/money/my_contribution.html", context)
