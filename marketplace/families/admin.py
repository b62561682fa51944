from django.contrib import admin

from .models import Child


@admin.register(Child)
class ChildAdmin(admin.ModelAdmin):
    list_display = ["nickname", "school_year", "created_at", "archived_at"]
    search_fields = ["nickname", "public_id"]
