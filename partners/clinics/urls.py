from django.urls import path

from .views import asking, calendar, hours, offer, parcels

app_name = "clinics"
urlpatterns = [
    path("", calendar.day, name="day"),
    path("week/", calendar.week, name="week"),
    path("bookings/<uuid:public_id>/attendance/", calendar.attendance, name="attendance"),
    path("bookings/<uuid:public_id>/cancel/", calendar.cancel, name="cancel"),
    path("bookings/<uuid:public_id>/ask/", asking.ask, name="ask"),
    path("services/", offer.services, name="services"),
    path("services/<int:pk>/", offer.service_edit, name="service_edit"),
    path("hours/", hours.hours, name="hours"),
    path("hours/<uuid:public_id>/", hours.hours, name="hours_of"),
    path("hours/<uuid:public_id>/weekly/", hours.add_hours, name="add_hours"),
    path("hours/<uuid:public_id>/weekly/<int:pk>/remove/", hours.remove_hours, name="remove_hours"),
    path("hours/<uuid:public_id>/exceptions/", hours.add_exception, name="add_exception"),
    path("hours/<uuid:public_id>/exceptions/<int:pk>/remove/", hours.remove_exception, name="remove_exception"),
    path("shipments/", parcels.shipments, name="shipments"),
    path("shipments/<uuid:public_id>/shipped/", parcels.shipped, name="shipped"),
]
