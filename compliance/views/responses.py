"""A response that the President released to some States: for the delegates of those, and nothing else of its case."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import may, require
from ccm_portal.core.seen import stands_now
from committees.domain.said import WorkChanged, WorkRefused
from compliance.domain import case_responses
from compliance.enums import ResponseStatus
from compliance.forms_responses import AnswerForm
from compliance.models import ResponseAddressee
from compliance.rules_casework import addressed_rows


@private_page
def response_to_state(request: PrivateRequest, response: Any) -> HttpResponse:
    """The text, and the answer of each State for which the person acts; ``state`` says which one is answered."""
    rows = list(addressed_rows(request.user).filter(response=response).order_by("state__iso3"))
    if not rows:
        raise Http404
    sent: dict[str, Any] = {}
    if request.method == "POST":
        row = next((one for one in rows if one.state.slug == request.POST.get("state")), None)
        if row is None:
            raise Http404
        require(request.user, "compliance.answer_response", row)
        form = AnswerForm(request.POST, auto_id=f"{row.state.slug}_%s")
        sent = {"row": row, "form": form, "stands": None}
        if form.is_valid():
            try:
                case_responses.answer(addressee=row, by=request.user, at=clock.now(), **form.cleaned_data)
            except ResponseAddressee.DoesNotExist as gone:
                raise Http404 from gone
            except WorkChanged as refusal:
                sent["stands"] = refusal.now
                stands_now(form, refusal.now.version)
                form.add_error(None, str(refusal))
            except WorkRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Your answer is with the President."))
                return redirect("compliance:response", response=response)
    is_open = rows[0].response.status != ResponseStatus.DONE
    context = {
        "row": rows[0].response,
        "is_open": is_open,
        "parts": [_part(request, one, sent, is_open=is_open) for one in rows],
    }
    return render(request, "compliance/response_to_state.html", context, status=422 if sent else 200)


def _part(request: PrivateRequest, row: ResponseAddressee, sent: dict[str, Any], *, is_open: bool) -> dict[str, Any]:
    """One State: what it answered, and the form for who approves for it."""
    is_sent = bool(sent) and sent["row"].pk == row.pk
    may_answer = is_open and may(request.user, "compliance.answer_response", row)
    fresh = AnswerForm(initial={"version": row.version, "text": row.answer}, auto_id=f"{row.state.slug}_%s")
    return {
        "row": (sent["stands"] or row) if is_sent else row,
        "form": sent["form"] if is_sent else fresh if may_answer else None,
        "is_sent": is_sent,
    }
