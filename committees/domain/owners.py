"""Whose something is: an account that works in the body, a State's term with every person under it, or words."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ccm_portal.core.enums import Role
from ccm_portal.core.models import User
from ccm_portal.core.permissions import may
from committees import office_names
from committees.domain import places
from committees.domain.said import WorkRefused, said
from committees.enums import BodyNature
from committees.models import Body, FollowUp, Term


@dataclass(frozen=True, kw_only=True)
class Owner:
    """One of the three; ``name`` is for whoever has neither an account nor a term."""

    account: User | None = None
    term: Term | None = None
    name: str = ""

    def checked(self, body: Body) -> "Owner":
        """With the words as they are kept.

        :raises WorkRefused: if it is nobody, or an account or a term that has nothing to do with the body.
        """
        if self.account and not may(self.account, "committees.work_in_body", body):
            raise WorkRefused(_("%(name)s does not work in this body.") % {"name": self.account.name})
        if self.term and self.term.body_id != body.pk and body.kind.nature != BodyNature.COORDINATION:
            raise WorkRefused(_("This term is another body’s."))
        name = "" if self.account or self.term else said(self.name, longest=160, empty=_("Say whose it is."))
        return Owner(account=self.account, term=None if self.account else self.term, name=name)


def owner_of(follow_up: FollowUp) -> Owner:
    return Owner(account=follow_up.owner, term=follow_up.term, name=follow_up.owner_name)


def choices(body: Body, *, on: date, now: Owner | None = None) -> dict[str, tuple[str, Owner]]:
    """Key -> (words, owner): who works in the body on ``on``, the States that lead it, the ISO, in coordination the
    President, and whoever has it ``now``."""
    found: dict[str, tuple[str, Owner]] = {}
    for term in terms(body, on=on):
        words = _("%(state)s, whoever represents it") % {"state": term.state.name}
        if body.kind.nature == BodyNature.COORDINATION:
            words = f"{words} ({term.body.name})"
        found[f"term:{term.pk}"] = (words, Owner(term=term))
    people = [(one.account, one.acts_for) for one in places.by_office(body, on=on)]
    people += [(place.user, place.acts_for) for place in places.named(body)]
    people += [(user, _("ISO")) for user in _office(on)]
    if now and now.account:
        people.append((now.account, ""))
    for account, acts_for in people:
        if account:
            words = f"{account.name} ({acts_for})" if acts_for else account.name
            found.setdefault(f"person:{account.pk}", (words, Owner(account=account)))
    for name, words in office_names.choices():
        if name == office_names.ISO or body.kind.nature == BodyNature.COORDINATION:
            found[f"office:{name}"] = (words, Owner(name=name))
    if now and now.term:
        found.setdefault(f"term:{now.term.pk}", (now.term.state.name, now))
    return found


def key_of(owner: Owner) -> str:
    """The key of an owner among the ``choices``; empty for words."""
    if owner.account:
        return f"person:{owner.account.pk}"
    if owner.term:
        return f"term:{owner.term.pk}"
    return f"office:{owner.name}" if owner.name in (office_names.PRESIDENT, office_names.ISO) else ""


def terms(body: Body, *, on: date) -> list[Term]:
    """The terms that run on ``on``; for the coordination body, those of all bodies that run."""
    running = Term.objects.running(on).exclude(body__ends__lte=on).select_related("state", "body")
    if body.kind.nature != BodyNature.COORDINATION:
        running = running.filter(body=body)
    return list(running.order_by("body__position", "body__pk", "starts", "pk"))


def _office(on: date) -> list[User]:
    staff = User.objects.filter(
        is_active=True,
        memberships__role=Role.ISO_STAFF,
        memberships__accepted_at__isnull=False,
        memberships__starts__lte=on,
    )
    return [user for user in staff.distinct().order_by("name", "pk") if Role.ISO_STAFF in user.roles]
