"""Home, desk, States and search."""

from django.urls import path

from ccm_portal.dashboard.views import home, styleguide

app_name = "dashboard"
urlpatterns = [
    path("", home.home, name="home"),
    path("desk/", home.desk, name="desk"),
    path("states/", home.state_list, name="state-list"),
    path("states/<slug:slug>/", home.state_detail, name="state-detail"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
