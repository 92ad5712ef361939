"""Pages of obligations."""

from django.urls import path

from compliance.views import obligations

urlpatterns = [
    path("obligations/", obligations.obligation_list, name="obligation-list"),
    path("obligations/<slug:state>/", obligations.state_obligations, name="state-obligations"),
]
