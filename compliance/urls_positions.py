"""Pages of positions."""

from django.urls import URLPattern, path

from compliance.views import positions, positions_office, positions_own

OFFICE = "office/positions/"
MINE = "my/positions/"
urlpatterns: list[URLPattern] = [
    path("positions/", positions.position_list, name="position-list"),
    path("positions/<slug:topic>/", positions.position_topic, name="position-topic"),
    path(OFFICE, positions_office.office_list, name="office-positions"),
    path(f"{OFFICE}sources/", positions_office.office_sources, name="office-position-sources"),
    path(f"{OFFICE}new/", positions_office.office_new, name="office-position-new"),
    path(f"{OFFICE}<int:pk>/", positions_office.office_position, name="office-position"),
    path(f"{OFFICE}<int:pk>/settle/", positions_office.office_settle, name="office-position-settle"),
    path(MINE, positions_own.own_list, name="own-positions"),
    path(f"{MINE}sources/", positions_own.propose_sources, name="position-sources"),
    path(f"{MINE}propose/", positions_own.propose, name="position-propose"),
    path(f"{MINE}<int:pk>/", positions_own.own_position, name="own-position"),
    path(f"{MINE}<slug:state>/new/", positions_own.own_new, name="own-position-new"),
]
