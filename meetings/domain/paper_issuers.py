"""For whom a person may issue a paper."""

from django.utils import translation
from django.utils.translation import gettext as _

from ccm_portal.core.domain.documents import Issuer
from ccm_portal.core.enums import STATE_ROLES, Role
from ccm_portal.core.models import Organisation, User
from ccm_portal.core.permissions import is_iso_staff
from ccm_portal.core.rules import OFFICE
from committees.models import Body
from committees.rules import led_bodies

FOR_A_STATE = STATE_ROLES | {Role.COMMITTEE_LEADER, Role.PRESIDENT}
Offer = tuple[str, str, Issuer]  # key of the choice, its words, who issues


def offered_to(user: User) -> list[Offer]:
    """One's States and organisations, the bodies one leads, the President; for the ISO its office."""
    found: dict[str, Offer] = {}
    if is_iso_staff(user, None):
        office = Organisation.objects.get(key=OFFICE)
        found["office"] = (OFFICE, office.name, Issuer(organisation=office))
    for one in user.memberships_named:
        if one.state and one.role in FOR_A_STATE:
            key = f"state:{one.state.slug}"
            found[key] = (key, one.state.name, Issuer(state=one.state))
        elif one.organisation and one.role == Role.OBSERVER:
            key = f"org:{one.organisation.key}"
            found[key] = (key, one.organisation.name, Issuer(organisation=one.organisation))
        if one.role == Role.PRESIDENT:
            found["president"] = ("president", _("The President"), Issuer(name="The President"))
    for body in Body.objects.filter(pk__in=led_bodies(user)).order_by("position", "pk"):
        key = f"body:{body.key}"
        with translation.override("en"):
            written = body.name
        found[key] = (key, body.name, Issuer(name=written))
    return list(found.values())


def offered_by_the_office() -> list[Offer]:
    """For papers that the ISO enters for others: its office, and the offices of a meeting by their names."""
    office = Organisation.objects.get(key=OFFICE)
    named = [(_("The President"), "The President"), (_("The Secretariat"), "The Secretariat")]
    return [
        (OFFICE, office.name, Issuer(organisation=office)),
        *((f"name:{written}", label, Issuer(name=written)) for label, written in named),
        ("below", _("Only those named below"), Issuer()),
    ]
