"""Home, desk, States, search and the style guide."""

from django.urls import path

from ccm_portal.dashboard.views import data, desk, home, search, states, styleguide

app_name = "dashboard"
urlpatterns = [
    path("", home.home, name="home"),
    path("desk/", desk.desk, name="desk"),
    path("states/", states.state_list, name="state-list"),
    path("states/<slug:slug>/", states.state_detail, name="state-detail"),
    path("search/", search.search_page, name="search"),
    path("data/", data.data, name="data"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
