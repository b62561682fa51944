"""How a person wants to see the site: theme and text size, kept in cookies that say nothing else."""

from django.http import HttpRequest

#: Cookie name -> the values it may have. "auto" and "normal" are the defaults and are not stored.
CHOICES = {"theme": ("light", "dark"), "text": ("large",)}
DEFAULTS = {"theme": "auto", "text": "normal"}


def chosen(request: HttpRequest) -> dict[str, str]:
    """Return what the person chose that differs from the defaults, e.g. {"theme": "dark"}."""
    return {key: value for key in CHOICES if (value := request.COOKIES.get(key, "")) in CHOICES[key]}
