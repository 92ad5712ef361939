"""Papers: what is published, proposed and accepted."""

from django.urls import path

from meetings.views import following, own_papers, paper_desk, papers, papers_desk

urlpatterns = [
    path("meetings/<slug:key>/papers/", papers.meeting_papers, name="meeting-papers"),
    path("meetings/<slug:key>/desk/papers/", papers_desk.desk_papers, name="desk-papers"),
    path("meetings/<slug:key>/desk/papers/new/", papers_desk.desk_paper_new, name="desk-paper-new"),
    path("meetings/<slug:key>/desk/papers/files/", papers_desk.desk_paper_files, name="desk-paper-files"),
    path("meetings/<slug:key>/desk/papers/<int:pk>/", paper_desk.desk_paper, name="desk-paper"),
    path("office/papers/", papers_desk.office_papers, name="office-papers"),
    path("my/following/", following.my_following, name="following"),
    path("my/papers/", own_papers.my_papers, name="my-papers"),
    path("my/papers/propose/<slug:key>/", own_papers.paper_propose, name="paper-propose"),
    path("my/papers/<int:pk>/", own_papers.my_paper, name="my-paper"),
    path("papers/", papers.paper_list, name="paper-list"),
    path("papers/<path:symbol>/", papers.paper_detail, name="paper-detail"),
]
