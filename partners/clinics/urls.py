from django.urls import path

from .views import asking, calendar, funds, giving_back, hours, money, offer, parcels, returns

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
    path("money/", money.money, name="money"),
    path("money/account/", money.change_account, name="change_account"),
    path("money/account/<uuid:public_id>/stop/", money.stop_change, name="stop_account"),
    path("money/<uuid:public_id>/", money.statement, name="statement"),
    path("money/<uuid:public_id>/csv/", money.statement_csv, name="statement_csv"),
    path("funds/", funds.funds, name="funds"),
    path("funds/<uuid:public_id>/", funds.fund, name="fund"),
    path("funds/requests/<uuid:public_id>/evidence/", funds.evidence, name="evidence"),
    path("refunds/", giving_back.giving_back, name="giving_back"),
    path("returns/", returns.returns, name="returns"),
    path("returns/<uuid:public_id>/approve/", returns.approve_return, name="approve_return"),
    path("returns/<uuid:public_id>/refuse/", returns.refuse_return, name="refuse_return"),
    path("returns/<uuid:public_id>/receive/", returns.receive_return, name="receive_return"),
    path("shipments/", parcels.shipments, name="shipments"),
    path("shipments/<uuid:public_id>/shipped/", parcels.shipped, name="shipped"),
]
