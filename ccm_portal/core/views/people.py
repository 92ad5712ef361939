"""Who acts for whom: a State's delegation, the office's view of all, and taking up an invitation."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from ccm_portal.core import clock, invitations
from ccm_portal.core.domain import people
from ccm_portal.core.forms import AcceptForm, AcceptWithPasswordForm, InviteForm, OfficeInviteForm
from ccm_portal.core.http import PrivateRequest, number_of, private_page
from ccm_portal.core.models import Invitation, Organisation, State, User
from ccm_portal.core.permissions import is_iso_staff, may, require
from ccm_portal.core.rules import OFFICE_ROLES, roles_to_give, visible_invitations, visible_memberships


def _sent(request: PrivateRequest, form: InviteForm, acts_for: State | Organisation) -> HttpResponse | None:
    """Send the invitation, and show its code this once."""
    words = {name: form.cleaned_data[name] for name in ("email", "name", "language", "role", "starts", "ends")}
    try:
        invitation, code = people.invite(by=request.user, at=clock.now(), acts_for=acts_for, **words)
    except people.PeopleRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    context = {"invitation": invitation, "code": code, "back": _list_url(request, acts_for)}
    return render(request, "core/invitation_sent.html", context)


def _list_url(request: PrivateRequest, acts_for: State | Organisation | None) -> str:
    """The list that this person came from."""
    if is_iso_staff(request.user, None) or not isinstance(acts_for, State):
        return reverse("core:office-people") + (f"?state={acts_for.slug}" if isinstance(acts_for, State) else "")
    return reverse("core:delegation", args=[acts_for.slug])


@private_page
def delegation(request: PrivateRequest, state: str) -> HttpResponse:
    """Who acts for a State, who is invited, and who did."""
    found = get_object_or_404(State, slug=state)
    if not may(request.user, "core.view_delegation", found):
        raise Http404
    on = clock.today()
    roles = roles_to_give(request.user, found)
    form = None
    if roles:
        form = InviteForm(request.POST or None, roles=roles, on=on)
        if form.is_valid() and (answer := _sent(request, form, found)):
            return answer
    elif request.method == "POST":
        require(request.user, "core.invite", found)
    memberships = visible_memberships(request.user).filter(state=found)
    context = {"state": found, "form": form} | _people(request, memberships, state=found)
    return render(request, "core/delegation.html", context)


def _people(request: PrivateRequest, memberships: object, **of: object) -> dict[str, object]:
    """The three lists, with what this person may do about each."""
    at = clock.now()
    on = at.date()
    rows = list(memberships.order_by("user__name", "role", "pk"))  # type: ignore[attr-defined]
    for row in rows:
        row.may_end = may(request.user, "core.manage_delegation", row)
    open_ones = people.open_invitations(at=at).filter(pk__in=visible_invitations(request.user).filter(**of))
    return {
        "present": [row for row in rows if not row.is_over(on) and row.accepted_at],
        "ended": [row for row in rows if row.is_over(on)],
        "invited": open_ones.select_related("state", "organisation").order_by("expires_at", "pk"),
        "on": on,
    }


@private_page
def office_people(request: PrivateRequest) -> HttpResponse:
    """The office's view: everybody, by State or organisation, and an invitation for any of them."""
    if not is_iso_staff(request.user, None):
        raise Http404
    form = OfficeInviteForm(request.POST or None, roles=list(OFFICE_ROLES), on=clock.today())
    if form.is_valid():
        acts_for = form.cleaned_data["state"] or form.cleaned_data["organisation"]
        if answer := _sent(request, form, acts_for):
            return answer
    chosen = State.objects.filter(slug=request.GET.get("state", "").replace("\x00", "")).first()
    memberships = visible_memberships(request.user)
    if chosen:
        memberships = memberships.filter(state=chosen)
    page = Paginator(memberships.order_by("state__sort_en", "organisation__sort_en", "user__name", "pk"), 100)
    shown = page.get_page(request.GET.get("page"))
    listed = _people(
        request, memberships.filter(pk__in=[row.pk for row in shown]), **({"state": chosen} if chosen else {})
    )
    context = {"form": form, "chosen": chosen, "states": State.objects.by_name(), "page": shown} | listed
    return render(request, "core/office_people.html", context)


@private_page
@require_POST
def membership_end(request: PrivateRequest, pk: int) -> HttpResponse:
    """One click, effective on the person's next request."""
    membership = get_object_or_404(visible_memberships(request.user), pk=pk)
    require(request.user, "core.manage_delegation", membership)
    version = number_of(request.POST.get("version", ""))
    try:
        people.end_membership(membership=membership, by=request.user, at=clock.now(), version=version)
    except people.PeopleRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The role of %(name)s has ended.") % {"name": membership.user.name})
    return redirect(_list_url(request, membership.acts_for))


@private_page
@require_POST
def invitation_withdraw(request: PrivateRequest, pk: int) -> HttpResponse:
    """Take an offer back."""
    invitation = get_object_or_404(visible_invitations(request.user), pk=pk)
    require(request.user, "core.manage_delegation", invitation)
    try:
        people.withdraw_invitation(invitation=invitation, by=request.user, at=clock.now())
    except people.PeopleRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invitation is withdrawn."))
    return redirect(_list_url(request, invitation.acts_for))


@private_page
@require_POST
def forget_factors(request: PrivateRequest, pk: int) -> HttpResponse:
    """For someone who lost the telephone and the recovery codes, once their roles are ended."""
    if not is_iso_staff(request.user, None):
        raise Http404
    person = get_object_or_404(User, pk=pk)
    try:
        people.forget_factors(user=person, by=request.user, at=clock.now())
    except people.PeopleRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The second factor is removed. Invite the person again."))
    return redirect("core:office-people")


@never_cache
@sensitive_post_parameters("password", "password_again", "code")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered, and to accept it. Opening the link does nothing; only the form does."""
    offered = Invitation.objects.filter(token_hash=invitations.token_hash(token)).first()
    if offered is None:
        raise Http404
    at = clock.now()
    if not people.is_open(offered, at=at):
        return render(request, "core/invitation_closed.html", {"invitation": offered}, status=410)
    user = request.user if request.user.is_authenticated else None
    account = people.account_of(offered)
    new = account is None or (user is None and people.is_unfinished(account, on=at.date()))
    context = {
        "invitation": offered,
        "sign_in_first": not new and user != account,
        "sign_out_first": new and user is not None,
    }
    if context["sign_in_first"] or context["sign_out_first"]:
        return render(request, "core/invitation.html", context, status=403 if request.method == "POST" else 200)
    if new:
        person = User(email=offered.email, name=offered.name)
        form: AcceptForm = AcceptWithPasswordForm(request.POST or None, person=person)
    else:
        form = AcceptForm(request.POST or None)
    if form.is_valid():
        words = {"code": form.cleaned_data["code"], "password": form.cleaned_data.get("password", "")}
        try:
            person = people.accept_invitation(invitation=offered, by=user, at=at, **words)
        except people.PeopleRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _entered(request, person, new=new)
    return render(request, "core/invitation.html", context | {"form": form, "new": new})


def _entered(request: HttpRequest, user: User, *, new: bool) -> HttpResponse:
    """Straight on to the second factor, or back to the account under a new session key."""
    if new:
        door = "mfa_activate_totp" if user.needs_second_factor else "core:account"
        login = Login(user=user, redirect_url=reverse(door))
        return perform_password_login(request, {"email": user.email}, login)
    request.session.cycle_key()
    messages.success(request, _("You have accepted. What was offered is yours now."))
    return redirect(settings.LOGIN_REDIRECT_URL)
