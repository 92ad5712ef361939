"""Pages of bodies: what the world reads, and the workspaces."""

from ccm_portal.core.addresses import pages_of

app_name = "committees"
urlpatterns = [
    pages_of("committees.urls_leadership"),
    pages_of("committees.urls_public"),
    pages_of("committees.urls_workspace"),
]
