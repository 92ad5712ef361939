"""The admin site: reference data and accounts, behind the portal's own sign-in.

Not for daily work. Only what stands here is reachable: no draft, no case, no secret of a second
factor, no password. Being a superuser opens this site and nothing else.
"""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import clock, register
from ccm_portal.core.domain import people
from ccm_portal.core.http import number_of
from ccm_portal.core.models import (
    Organisation,
    OutgoingMessage,
    RegionGroup,
    RegisterEntry,
    State,
    StateClock,
    User,
)
from ccm_portal.core.permissions import is_auditor, is_iso_staff
from ccm_portal.core.views.account import SignOut


class PortalAdmin(admin.AdminSite):
    """An admin site with no sign-in and no passwords of its own."""

    site_header = site_title = _("Reference data and accounts")
    index_title = _("What can be looked after here")

    @method_decorator(secure_admin_login)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect("admin:index")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]
        return SignOut.as_view()(request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]
        return redirect("account_change_password")

    def password_change_done(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]
        return redirect("account_change_password")


site = PortalAdmin(name="admin")


class Kept(admin.ModelAdmin):
    """Rows that nobody adds or removes here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class ReadOnly(Kept):
    """Rows that nobody changes here either."""

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class Recorded(Kept):
    """Rows whose change is an act: who changed which columns stands in the register."""

    def save_model(self, request: Any, obj: Any, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        register.append(
            action=f"{obj._meta.app_label}.{obj._meta.model_name}.change",
            by=request.user,
            at=clock.now(),
            state=obj if isinstance(obj, State) else None,
            obj=obj,
            data={"columns": sorted(form.changed_data)},
        )


@admin.register(State, site=site)
class StateAdmin(Recorded):
    list_display = ["name_en", "iso3", "treaty_status", "mission_email"]
    search_fields = ["name_en", "iso3"]
    list_filter = ["treaty_status"]
    ordering = ["sort_en"]
    fields = ["name_en", "iso3", "treaty_status", "mission_email", "notes"]
    readonly_fields = ["name_en", "iso3", "treaty_status"]


@admin.register(StateClock, site=site)
class StateClockAdmin(ReadOnly):
    list_display = ["state", "clock", "base", "granted_until", "override"]
    list_filter = ["clock"]
    list_select_related = ["state"]
    search_fields = ["state__name_en", "state__iso3"]
    ordering = ["state__sort_en", "clock"]


@admin.register(Organisation, site=site)
class OrganisationAdmin(Recorded):
    list_display = ["name_en", "key", "kind", "observer"]
    search_fields = ["name_en", "key"]
    ordering = ["sort_en"]
    readonly_fields = ["key"]


@admin.register(RegionGroup, site=site)
class RegionGroupAdmin(Recorded):
    list_display = ["name_en", "key"]
    ordering = ["sort_en"]
    readonly_fields = ["key"]


@admin.register(User, site=site)
class UserAdmin(Kept):
    """Accounts come by invitation. Nobody sets a password for another; an account can be closed."""

    list_display = ["name", "email", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["name", "email"]
    ordering = ["name", "email"]
    fields = ["email", "name", "language", "is_active", "is_staff", "is_superuser", "date_joined", "last_login"]
    readonly_fields = ["email", "is_superuser", "date_joined", "last_login"]

    def save_model(self, request: Any, obj: User, form: ModelForm, change: bool) -> None:
        """Closing and opening are operations: they end sessions and stand in the register."""
        was_active, wanted = User.objects.get(pk=obj.pk).is_active, obj.is_active
        obj.is_active = was_active
        super().save_model(request, obj, form, change)
        if "is_active" in form.changed_data and was_active != wanted:
            operation = people.reactivate_account if wanted else people.deactivate_account
            obj.is_active = operation(user=obj, by=request.user, at=clock.now()).is_active


class ByNumber(ChangeList):
    """Acts at their number in the main chain: the rows of all chains are counted together, and a gap would betray an
    act on a chain of its own."""

    def url_for_result(self, result: Any) -> str:
        return reverse("admin:core_registerentry_change", args=[result.number])


@admin.register(RegisterEntry, site=site)
class RegisterEntryAdmin(ReadOnly):
    """The register's main chain, to read. Chains of their own belong to what nobody else may know of."""

    list_display = ["number", "at", "action", "actor", "state", "object_type", "object_id"]
    list_filter = ["action"]
    list_select_related = ["actor", "state"]
    search_fields = ["action", "object_type", "object_id", "hash"]
    ordering = ["-number"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RegisterEntry]:
        return super().get_queryset(request).filter(chain=register.MAIN)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ByNumber

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> RegisterEntry | None:
        return self.get_queryset(request).filter(number=number_of(object_id)).first()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return is_auditor(request.user, None)


@admin.register(OutgoingMessage, site=site)
class OutgoingMessageAdmin(ReadOnly):
    """The queue: kinds and times, no text."""

    list_display = ["kind", "status", "attempts", "owed_at", "settled_at"]
    list_filter = ["status", "kind"]
    ordering = ["-owed_at"]
    fields = ["kind", "status", "attempts", "owed_at", "not_before", "claimed_at", "settled_at", "last_error"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return is_iso_staff(request.user, None) or request.user.is_superuser
