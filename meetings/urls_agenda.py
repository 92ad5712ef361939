"""Agendas: the desk, revisions, items, the annotated programme."""

from django.urls import URLPattern, path

from meetings.views import agenda_desk, agenda_items, agenda_publishing, agenda_reading

MEETING = "meetings/<slug:key>/"
DESK = f"{MEETING}desk/agenda/"

urlpatterns: list[URLPattern] = [
    path(DESK, agenda_desk.agenda_desk_page, name="agenda-desk"),
    path(f"{DESK}add/", agenda_items.agenda_item_add, name="agenda-item-add"),
    path(f"{DESK}publish/", agenda_publishing.agenda_publish, name="agenda-publish"),
    path(f"{DESK}read/", agenda_reading.agenda_for_members, name="agenda-for-members"),
    path(f"{DESK}<int:code>/", agenda_items.agenda_item_edit, name="agenda-item-edit"),
    path(f"{MEETING}agenda/", agenda_reading.agenda, name="agenda"),
    path(f"{MEETING}agenda/r<int:number>/", agenda_reading.agenda_revision, name="agenda-revision"),
    path(f"{MEETING}agenda/changes/r<int:old>-r<int:new>/", agenda_reading.agenda_changes, name="agenda-changes"),
    path(f"{MEETING}items/<int:code>/", agenda_reading.agenda_item, name="agenda-item"),
]
