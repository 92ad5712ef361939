"""Pages of meetings, by what they are about."""

from ccm_portal.core.addresses import pages_of

app_name = "meetings"
urlpatterns = [
    pages_of("meetings.urls_calendar"),
    pages_of("meetings.urls_decisions"),
    pages_of("meetings.urls_papers"),
    pages_of("meetings.urls_agenda"),
    pages_of("meetings.urls_people"),
    pages_of("meetings.urls_room"),
    pages_of("meetings.urls_meetings"),
]
