"""Words about committees that several pages say."""

from django import template

from ccm_portal.core.models import Organisation, State
from committees.views.nominations import party_key

register = template.Library()


@register.filter(name="party_key")
def key_of(party: State | Organisation) -> str:
    """{{ party|party_key }} -> state:12, as the form of endorsement sends it"""
    return party_key(party)
