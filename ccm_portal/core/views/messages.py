"""The office's view of mail: what is owed, sent, unclear and failed. Never its text."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccm_portal.core import clock, outbox
from ccm_portal.core.domain import messages as operations
from ccm_portal.core.enums import MessageStatus
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.models import OutgoingMessage, User
from ccm_portal.core.permissions import may


def only_office(user: User) -> None:
    """:raises Http404: for everybody else: that there is such a page is not their concern."""
    if not may(user, "core.see_messages", None):
        raise Http404


@private_page
def message_list(request: PrivateRequest) -> HttpResponse:
    """By status, the newest first; what waits for a decision is told at the top."""
    only_office(request.user)
    counts = dict(OutgoingMessage.objects.values_list("status").annotate(Count("pk")))
    wanted = request.GET.get("status", "")
    known = OutgoingMessage.objects.select_related("user").order_by("-owed_at", "-pk")
    if wanted in MessageStatus.values:
        known = known.filter(status=wanted)
    page = Paginator(known, 100).get_page(request.GET.get("page"))
    kinds = outbox.kinds()
    context = {
        "page": page,
        "rows": [(message, kinds[message.kind].label if message.kind in kinds else "") for message in page],
        "statuses": [(value, label, counts.get(value, 0)) for value, label in MessageStatus.choices],
        "wanted": wanted,
        "stuck": operations.STUCK,
    }
    return render(request, "core/message_list.html", context)


def _decide(request: PrivateRequest, pk: int, operation: Callable[..., object], done: str) -> HttpResponse:
    only_office(request.user)
    message = get_object_or_404(OutgoingMessage, pk=pk)
    try:
        operation(message=message, by=request.user, at=clock.now())
    except operations.MessageRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    back = "core:reminder-list" if request.POST.get("back") == "reminders" else "core:message-list"
    return redirect(back)


@private_page
@require_POST
def message_again(request: PrivateRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, operations.send_again, _("The message will be sent again."))


@private_page
@require_POST
def message_aside(request: PrivateRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, operations.set_aside, _("The message is set aside."))
