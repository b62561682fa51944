"""Django's test clients, made by the thousand."""

from django.conf import settings


def find_static_files_when_asked() -> None:
    """Keep a new test client from reading every static file: a tenth of a second each, and hardly any asks for one.

    Of this process alone: a server started from here reads them once, as in production.
    """
    settings.WHITENOISE_AUTOREFRESH = True
