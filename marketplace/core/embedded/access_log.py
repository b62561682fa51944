"""What gunicorn writes of each request: never a secret that stands in an address."""

from typing import Any

from gunicorn.glogging import Logger

from marketplace.core.log_masking import without_secrets


class QuietLogger(Logger):  # type: ignore[misc, unused-ignore]
    """Gunicorn's own logger, with addresses that open something by themselves cut short."""

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        """Return what a line of the access log can be made of."""
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        return atoms | {name: without_secrets(atoms[name]) for name in ("U", "r", "f") if isinstance(atoms[name], str)}
