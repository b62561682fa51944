"""One style sheet and one script for the whole site, put together from small files.

A phone on a slow network pays for every request, and `@import` loads one file after the other; so base.html
links css/site.css and js/site.js, which exist only as the sum of their parts. Listed by STATICFILES_FINDERS,
this serves them in development and hands them to collectstatic.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

STATIC = Path(__file__).parent / "static"


def style_parts() -> list[Path]:
    """Return the style sheets in the order in which they may overrule each other."""
    css = STATIC / "css"
    return [css / "tokens.css", css / "base.css", css / "layout.css", *sorted((css / "components").glob("*.css"))]


def script_parts() -> list[Path]:
    """Return the modules every page runs; they import nothing and export nothing."""
    return sorted((STATIC / "js" / "site").glob("*.js"))


def joined_styles() -> str:
    """Return the whole style sheet."""
    return "\n".join(part.read_text(encoding="utf-8") for part in style_parts())


def joined_scripts() -> str:
    """Return the whole script, each module in a block of its own so that its names stay its own."""
    return "\n".join(f"{{\n{part.read_text(encoding='utf-8')}\n}}" for part in script_parts())


_BUNDLES: dict[str, Callable[[], str]] = {"css/site.css": joined_styles, "js/site.js": joined_scripts}


class BundleFinder(BaseFinder):
    """Finds css/site.css and js/site.js, writing them anew whenever a part has changed."""

    def __init__(self, app_names: Iterable[str] | None = None, *args: Any, **kwargs: Any) -> None:
        self.folder = Path(settings.BASE_DIR) / ".data" / "bundles"
        self.storage = FileSystemStorage(location=str(self.folder))

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing can be configured wrongly."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the absolute path of a bundle, or nothing for any other file."""
        if path not in _BUNDLES:
            return []
        found = str(self._written(path))
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Yield every bundle with the storage that holds it."""
        for path in _BUNDLES:
            self._written(path)
            yield path, self.storage

    def _written(self, path: str) -> Path:
        target = self.folder / path
        content = _BUNDLES[path]()
        if not target.exists() or target.read_text(encoding="utf-8") != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            scratch = target.with_name(f".{target.name}.{id(self)}")
            scratch.write_text(content, encoding="utf-8")
            scratch.replace(target)
        return target
