"""The calendar of the year, and the planner."""

from django.urls import URLPattern, path

from meetings.views import planner, year_calendar

urlpatterns: list[URLPattern] = [
    path("calendar/", year_calendar.calendar_now, name="calendar"),
    path("calendar/<int:year>/", year_calendar.calendar_year, name="calendar-year"),
    path("calendar/planner/", planner.planner, name="planner"),
    path("office/calendar/<int:year>/", year_calendar.office_calendar, name="office-calendar"),
    path("office/calendar/<int:year>/fill/", year_calendar.calendar_fill, name="calendar-fill"),
    path("office/calendar/new/", year_calendar.neighbour_new, name="neighbour-new"),
    path("office/calendar/entries/<slug:key>/", year_calendar.neighbour_edit, name="neighbour-edit"),
    path("office/calendar/entries/<slug:key>/remove/", year_calendar.neighbour_remove, name="neighbour-remove"),
]
