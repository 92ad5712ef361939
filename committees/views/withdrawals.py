"""The ISO records withdrawals: received, held by a conflict, taken back, in effect."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.models import State
from ccm_portal.core.permissions import may
from committees import workflow_workspace as workflow
from committees.domain import withdrawals
from committees.domain.said import WorkRefused
from committees.enums import WithdrawalStatus
from committees.forms_joining import HoldForm, ReceiptForm, SettleForm
from committees.models import Withdrawal
from committees.rules_workspace import keeping_withdrawals

ARROWS = {"revoke": workflow.TAKE_BACK, "effect": workflow.TAKE_EFFECT}


@private_page
def withdrawal_receive(request: PrivateRequest) -> HttpResponse:
    """An instrument of withdrawal has been received."""
    if not may(request.user, "committees.keep_withdrawals", None):
        raise Http404
    form = ReceiptForm(
        request.POST if request.method == "POST" else None, states=State.objects.parties_on(clock.today()).by_name()
    )
    if form.is_valid():
        try:
            row = withdrawals.record_receipt(by=request.user, at=clock.now(), **form.cleaned_data)
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Recorded. Everybody can read it; the six months are running."))
            return redirect("committees:withdrawal", pk=row.pk)
    return render(request, "committees/withdrawal_receive.html", {"form": form}, status=422 if form.errors else 200)


@private_page
def withdrawal(request: PrivateRequest, pk: int) -> HttpResponse:
    """One withdrawal: ``do`` says what is recorded."""
    row = get_object_or_404(keeping_withdrawals(request.user), pk=pk)
    posted = request.POST if request.method == "POST" else None
    do = posted.get("do", "") if posted is not None else ""
    hold = HoldForm(posted if do == "hold" else None, initial=_initial(row), auto_id="hold_%s")
    ending = SettleForm(posted if do in ARROWS else None, initial=_initial(row), auto_id="end_%s")
    why = ""
    if hold.is_valid() or ending.is_valid():
        by: dict[str, Any] = {"withdrawal": row, "by": request.user, "at": clock.now()}
        try:
            if do == "hold":
                withdrawals.hold(**hold.cleaned_data, **by)
            else:
                withdrawals.settle(transition=ARROWS[do], **ending.cleaned_data, **by)
        except WorkRefused as refusal:
            why = str(refusal)
            row.refresh_from_db()
        else:
            messages.success(request, _("Recorded."))
            return redirect("committees:withdrawal", pk=pk)
    context = {
        "row": row,
        "on": clock.today(),
        "is_running": row.status == WithdrawalStatus.RUNNING,
        "hold": hold,
        "ending": ending,
        "why": why,
    }
    wrong = why or hold.errors or ending.errors
    return render(request, "committees/withdrawal.html", context, status=422 if wrong else 200)


def _initial(row: Withdrawal) -> dict[str, Any]:
    return {"version": row.version, "note": row.note}
