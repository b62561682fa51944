from django.contrib import admin

from .models import Agreement, User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ["nickname", "masked_phone", "email", "role", "is_active"]
    list_filter = ["role", "is_active"]
    search_fields = ["nickname", "phone", "email"]
    exclude = ["password"]


@admin.register(Agreement)
class AgreementAdmin(admin.ModelAdmin):
    list_display = ["title", "kind", "version", "effective_at"]
