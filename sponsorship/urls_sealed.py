"""Pages of sealed data."""

from django.urls import path

from sponsorship.views import sealed, sealed_rounds

PERSON = "office/sponsorship/people/<uuid:pk>/sealed/"
CHANGE = "office/sponsorship/bank-changes/<int:pk>/"
urlpatterns = [
    path(PERSON, sealed.sealed, name="sealed"),
    path(f"{PERSON}files/add/", sealed.sealed_file_add, name="sealed-file-add"),
    path(f"{PERSON}files/<int:file>/read/", sealed.sealed_file_read, name="sealed-file-read"),
    path(f"{PERSON}files/<int:file>/remove/", sealed.sealed_file_remove, name="sealed-file-remove"),
    path(f"{PERSON}<slug:kind>/", sealed.sealed_write, name="sealed-write"),
    path(f"{PERSON}<slug:kind>/read/", sealed.sealed_read, name="sealed-read"),
    path(CHANGE, sealed_rounds.bank_change, name="bank-change"),
    path(f"{CHANGE}read/", sealed_rounds.bank_change_read, name="bank-change-read"),
    path(f"{CHANGE}settle/", sealed_rounds.bank_change_settle, name="bank-change-settle"),
    path("office/sponsorship/<slug:round>/readings/", sealed_rounds.reading_list, name="reading-list"),
    path("office/sponsorship/<slug:round>/purge/", sealed_rounds.round_purge, name="round-purge"),
]
