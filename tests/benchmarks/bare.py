"""What Django does at least: a view with nothing around it, and one that knows who is signed in.

Served by gunicorn like the product; `XINQIAO_BARE=signed` puts sessions and the user in front of the view.
"""

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

IS_SIGNED = os.environ.get("XINQIAO_BARE") == "signed"


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.user}" if IS_SIGNED else "ok")


urlpatterns = [path("", answer)]

# The apps of the product must find their middleware while they load; none of it is run.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.demo")
django.setup()
settings.ROOT_URLCONF = __name__
settings.MIDDLEWARE = (
    ["django.contrib.sessions.middleware.SessionMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware"]
    if IS_SIGNED
    else []
)
application = WSGIHandler()
