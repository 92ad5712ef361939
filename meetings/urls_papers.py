"""Papers: what is published, proposed and accepted."""

from django.urls import path

from meetings.views import papers

urlpatterns = [
    path("meetings/<slug:key>/papers/", papers.meeting_papers, name="meeting-papers"),
    path("papers/", papers.paper_list, name="paper-list"),
    path("papers/<path:symbol>/", papers.paper_detail, name="paper-detail"),
]
