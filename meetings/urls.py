"""Pages of meetings, by what they are about."""

from django.urls import include, path

app_name = "meetings"
urlpatterns = [
    path("", include("meetings.urls_calendar")),
    path("", include("meetings.urls_decisions")),
    path("", include("meetings.urls_papers")),
    path("", include("meetings.urls_agenda")),
    path("", include("meetings.urls_people")),
    path("", include("meetings.urls_room")),
    path("", include("meetings.urls_meetings")),
]
