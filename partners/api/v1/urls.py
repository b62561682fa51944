from django.urls import path, re_path

from . import offer, trade, work  # noqa: F401  (their operations)
from .problems import nothing_here
from .site import api

urlpatterns = [
    path("", api.urls),
    re_path(r"^.*$", nothing_here),
]
