"""The workspaces of bodies: plans, contacts, problems, what follows; the universalisation log."""

from django.urls import path

from committees.views import workspace, workspace_people

HERE = "committees/<slug:key>/workspace/"
urlpatterns = [
    path(HERE, workspace.workspace, name="workspace"),
    path(f"{HERE}people/", workspace_people.people, name="workspace-people"),
    path(f"{HERE}people/<int:pk>/end/", workspace_people.place_end, name="workspace-place-end"),
]
