"""HTTP entry for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.demo")
application = get_wsgi_application()


def know_every_address() -> None:
    """Import every view and learn every address now: with --preload once for all processes, and no visitor waits for it."""
    from django.conf import settings
    from django.urls import reverse
    from django.utils import translation

    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            reverse("health")


know_every_address()
