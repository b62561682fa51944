"""The room's WebSocket address; any other one is refused without a word."""

from channels.security.websocket import WebsocketDenier
from django.urls import path, re_path

from .sockets.consumer import RoomConsumer

websocket_urlpatterns = [
    path("ws/room/<uuid:occupancy_id>/", RoomConsumer.as_asgi()),
    re_path("", WebsocketDenier.as_asgi()),
]
