"""For the ISO: which State presides over each formal meeting to come, as meetings decided."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from committees.coming import coming_meetings
from committees.domain import presidency
from committees.forms_leadership import DesignateForm
from committees.models import Presidency
from committees.views import leadership_office, presided


@private_page
@require_POST
def designate(request: PrivateRequest, key: str) -> HttpResponse:
    leadership_office.require_office(request)
    meeting = next((one for one in coming_meetings(on=clock.today()) if one.key == key and one.in_office), None)
    if meeting is None or meeting.in_office is None:
        raise Http404
    form = DesignateForm(request.POST, auto_id=f"{key}_%s")
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("state", "on", "source")}
        version = form.cleaned_data["version"]
        starts, ends = meeting.in_office
        by, at = request.user, clock.now()
        try:
            if version:
                presidency.choose_anew(meeting_key=key, version=version, by=by, at=at, **given)
            else:
                presidency.designate(meeting_key=key, starts=starts, ends=ends, by=by, at=at, **given)
        except presidency.PresidencyRefused as refusal:
            form = _over_what_stands(form, key)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("committees:office-leadership")
    return leadership_office.leadership_page(request, presided.places(form, key), status=422)


def _over_what_stands(form: DesignateForm, key: str) -> DesignateForm:
    """What was typed, with the version that stands now: whoever has read why can send it again."""
    row = Presidency.objects.filter(meeting_key=key).first()
    data = form.data.copy()
    data["version"] = str(row.version if row else 0)
    again = DesignateForm(data, auto_id=f"{key}_%s")
    again.is_valid()
    return again
