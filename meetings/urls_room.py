"""In the room: speakers' lists, statements, the chair, the hall screen."""

from django.urls import URLPattern, path

from meetings.views import members, room, room_chair, room_floor, statements, statements_own

urlpatterns: list[URLPattern] = [
    path("meetings/<slug:key>/room/", room.room, name="room"),
    path("meetings/<slug:key>/room/version", room.room_version, name="room-version"),
    path("meetings/<slug:key>/room/screen/", room.room_screen, name="room-screen"),
    path("meetings/<slug:key>/room/members/", room.room_members, name="room-members"),
    path("meetings/<slug:key>/room/members/version", room.room_members_version, name="room-members-version"),
    path("meetings/<slug:key>/room/members/screen/", room.room_members_screen, name="room-members-screen"),
    path("meetings/<slug:key>/room/chair/", room_chair.room_chair, name="room-chair"),
    path("meetings/<slug:key>/room/floor/", room_floor.room_floor, name="room-floor"),
    path("meetings/<slug:key>/room/statements/new/", statements_own.statement_hand_in, name="statement-hand-in"),
    path("meetings/<slug:key>/room/statements/<int:pk>/", statements_own.statement_own, name="statement-own"),
    path("meetings/<slug:key>/statements/", statements.statement_list, name="statement-list"),
    path("meetings/<slug:key>/statements/members/", members.statement_list, name="statements-for-members"),
    path("meetings/<slug:key>/statements/members/<int:pk>/", members.statement, name="statement-for-members"),
    path(
        "meetings/<slug:key>/statements/members/<int:pk>/<slug:tongue>/",
        members.statement,
        name="statement-text-for-members",
    ),
    path("meetings/<slug:key>/statements/<int:pk>/", statements.statement_detail, name="statement-detail"),
    path("meetings/<slug:key>/statements/<int:pk>/<slug:tongue>/", statements.statement_detail, name="statement-text"),
]
