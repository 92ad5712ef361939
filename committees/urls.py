"""Pages of bodies: what the world reads, and the workspaces."""

from django.urls import include, path

app_name = "committees"
urlpatterns = [
    path("", include("committees.urls_public")),
    path("", include("committees.urls_workspace")),
]
