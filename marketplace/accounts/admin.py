"""Django's admin: its own login is closed, everyone comes in by our door."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from .models import Agreement, DutyShift, User

admin.site.login = secure_admin_login(admin.site.login)


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ["nickname", "masked_phone", "email", "role", "is_active"]
    list_filter = ["role", "is_active"]
    search_fields = ["nickname", "phone", "email"]
    exclude = ["password"]


@admin.register(DutyShift)
class DutyShiftAdmin(admin.ModelAdmin):
    list_display = ["user", "duty", "begins_at", "ends_at"]
    list_filter = ["duty"]
    list_select_related = ["user"]
    date_hierarchy = "begins_at"


@admin.register(Agreement)
class AgreementAdmin(admin.ModelAdmin):
    list_display = ["title", "kind", "version", "effective_at"]

    def has_change_permission(self, request, obj=None) -> bool:
        """A text is never edited, only followed by another version."""
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
