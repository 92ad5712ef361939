"""Pages about people: who acts for whom, invitations, one's own account, and the office's mail."""

from django.urls import path

from ccm_portal.core.views import account, messages, people, register, reminders

app_name = "core"
urlpatterns = [
    path("account/", account.overview, name="account"),
    path("invitation/<slug:token>/", people.invitation, name="invitation"),
    path("my/<slug:state>/people/", people.delegation, name="delegation"),
    path("people/memberships/<int:pk>/end/", people.membership_end, name="membership-end"),
    path("people/invitations/<int:pk>/withdraw/", people.invitation_withdraw, name="invitation-withdraw"),
    path("office/people/", people.office_people, name="office-people"),
    path("office/people/<int:pk>/forget-factors/", people.forget_factors, name="forget-factors"),
    path("office/register/", register.register, name="register"),
    path("office/reminders/", reminders.reminder_list, name="reminder-list"),
    path("office/reminders/mission/", reminders.mission_address, name="mission-address"),
    path("office/reminders/pauses/<int:pk>/end/", reminders.pause_end, name="pause-end"),
    path("office/messages/", messages.message_list, name="message-list"),
    path("office/messages/<int:pk>/again/", messages.message_again, name="message-again"),
    path("office/messages/<int:pk>/aside/", messages.message_aside, name="message-aside"),
]
