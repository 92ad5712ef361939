"""Pages of obligations."""

from django.urls import path

from compliance.views import obligations, obligations_office

OFFICE = "office/obligations/<slug:state>/"
urlpatterns = [
    path("obligations/", obligations.obligation_list, name="obligation-list"),
    path("obligations/<slug:state>/", obligations.state_obligations, name="state-obligations"),
    path("office/obligations/", obligations_office.office_obligations, name="office-obligations"),
    path(OFFICE, obligations_office.office_state, name="office-state-obligations"),
    path(f"{OFFICE}day/<str:key>/", obligations_office.office_day, name="office-day"),
    path(f"{OFFICE}later/", obligations_office.office_later, name="office-later"),
    path(f"{OFFICE}<slug:clock>/hostilities/", obligations_office.office_later, name="office-later-correct"),
    path(f"{OFFICE}<slug:clock>/completion/", obligations_office.office_completion, name="office-completion"),
    path(f"{OFFICE}<slug:clock>/suspension/", obligations_office.office_suspension, name="office-suspension"),
]
