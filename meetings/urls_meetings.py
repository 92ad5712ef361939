"""Meetings: the list, each one, and the pages to run them."""

from django.urls import URLPattern, path

from meetings.views import convening, days, desk, officers, reading, venues

DESK = "meetings/<slug:key>/desk/"
urlpatterns: list[URLPattern] = [
    path("meetings/", reading.meeting_list, name="meeting-list"),
    path("meetings/<slug:key>/", reading.meeting_detail, name="meeting-detail"),
    path("office/meetings/", desk.office_meetings, name="office-meetings"),
    path("office/meetings/new/", convening.meeting_kinds, name="meeting-kinds"),
    path("office/meetings/new/<slug:kind>/", convening.meeting_new, name="meeting-new"),
    path(DESK, desk.meeting_desk, name="meeting-desk"),
    path(f"{DESK}edit/", convening.meeting_edit, name="meeting-edit"),
    path(f"{DESK}announce/", desk.meeting_announce, name="meeting-announce"),
    path(f"{DESK}cancel/", desk.meeting_cancel, name="meeting-cancel"),
    path(f"{DESK}reinstate/", desk.meeting_reinstate, name="meeting-reinstate"),
    path(f"{DESK}days/", days.meeting_days, name="meeting-days"),
    path(f"{DESK}days/add/", days.part_add, name="part-add"),
    path(f"{DESK}days/<int:number>/place/", days.part_place, name="part-place"),
    path(f"{DESK}days/<int:number>/move/", days.part_move, name="part-move"),
    path(f"{DESK}days/<int:number>/remove/", days.part_remove, name="part-remove"),
    path(f"{DESK}days/<int:number>/usual/", days.sitting_usual, name="sitting-usual"),
    path(f"{DESK}days/<int:number>/sittings/", days.sitting_add, name="sitting-add"),
    path(f"{DESK}sittings/<int:pk>/", days.sitting_edit, name="sitting-edit"),
    path(f"{DESK}sittings/<int:pk>/remove/", days.sitting_remove, name="sitting-remove"),
    path(f"{DESK}officers/", officers.meeting_officers, name="meeting-officers"),
    path(f"{DESK}officers/<int:pk>/remove/", officers.officer_remove, name="officer-remove"),
    path(f"{DESK}venues/", venues.venue_list, name="venue-list"),
    path(f"{DESK}venues/<int:pk>/choose/", venues.venue_choose, name="venue-choose"),
    path(f"{DESK}venues/<int:pk>/decline/", venues.venue_decline, name="venue-decline"),
    path(f"{DESK}venues/<int:pk>/withdraw/", venues.venue_withdraw, name="venue-withdraw"),
]
