"""Bodies, who leads them and how they came to: what everybody reads, and nominations."""

from django.urls import path

from committees.views import reading

urlpatterns = [
    path("committees/", reading.body_list, name="body-list"),
    path("committees/leadership/", reading.leadership, name="leadership"),
    path("committees/<slug:key>/", reading.body_detail, name="body-detail"),
    path("committees/<slug:key>/elected/<int:pk>/", reading.elected, name="elected"),
]
