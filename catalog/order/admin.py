"""Oscar's admin of these models, without what is sealed: families' words open on our pages only, where a look is recorded."""

from django.contrib import admin
from oscar.apps.order.admin import *  # noqa: F403
from oscar.apps.order.admin import OrderAdmin

from .models import Order, OrderNote

admin.site.unregister([Order, OrderNote])


@admin.register(Order)
class SealedOrderAdmin(OrderAdmin):
    exclude = ("note",)
    search_fields = ("number", "user__email")
