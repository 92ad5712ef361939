"""What of workspaces a person may see: the querysets beside ``committees.work_in_body``.

Everything written in a workspace is reached through the bodies in which the person works.
"""

from typing import Any

from django.db.models import QuerySet

from committees.models import WorkspacePlace
from committees.rules import working_bodies


def visible_places(user: Any) -> QuerySet[WorkspacePlace]:
    """Who is named to the workspaces in which this person works."""
    return WorkspacePlace.objects.filter(content_object__in=working_bodies(user)).select_related(
        "content_object__kind", "user"
    )
