from django.urls import path

from .views import guide, keys, webhooks

app_name = "developers"
urlpatterns = [
    path("", guide.guide, name="guide"),
    path("openapi.json", guide.openapi, name="openapi"),
    path("keys/", keys.keys, name="keys"),
    path("keys/<uuid:public_id>/revoke/", keys.revoke, name="revoke"),
    path("webhooks/", webhooks.webhooks, name="webhooks"),
    path("webhooks/<uuid:public_id>/", webhooks.log, name="log"),
    path("webhooks/<uuid:public_id>/end/", webhooks.end, name="end"),
    path("webhooks/<uuid:public_id>/ping/", webhooks.ping, name="ping"),
    path("webhooks/deliveries/<uuid:delivery_id>/replay/", webhooks.replay, name="replay"),
]
