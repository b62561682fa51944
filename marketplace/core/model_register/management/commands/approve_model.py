"""`manage.py approve_model`: write down, or take back, an ethics board's approval of a model in service."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from marketplace.core.errors import Refusal
from marketplace.core.model_register.registry import registered_model, registered_models
from marketplace.core.model_register.selectors import standing_approval
from marketplace.core.model_register.services import record_approval, withdraw_approval


class Command(BaseCommand):
    """Approve the version whose bytes are in service now, and no other."""

    help = "Record an ethics board's approval of the version of a model that is in service, or withdraw it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("model", choices=[model.slug for model in registered_models()])
        parser.add_argument("--number", help="the board's number")
        parser.add_argument("--board", help="who approved it")
        parser.add_argument("--on", type=date.fromisoformat, help="day of the approval, e.g. 2026-11-01")
        parser.add_argument("--until", type=date.fromisoformat, help="last day on which it holds")
        parser.add_argument("--conditions", default="")
        parser.add_argument("--withdraw", metavar="REASON", default="", help="take the standing approval back")

    def handle(self, *args: Any, model: str, **options: Any) -> None:
        found = registered_model(model)
        if found is None:
            raise CommandError("There is no such model.")
        try:
            self._withdraw(model, options["withdraw"]) if options["withdraw"] else self._record(model, options)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{model} {found.version()}")

    def _record(self, model: str, options: dict[str, Any]) -> None:
        found = registered_model(model)
        if not (found and options["number"] and options["board"] and options["on"]):
            raise CommandError("An approval needs --number, --board and --on.")
        record_approval(
            slug=model,
            version=found.version(),
            number=options["number"],
            board=options["board"],
            approved_on=options["on"],
            valid_until_on=options["until"],
            conditions=options["conditions"],
        )

    def _withdraw(self, model: str, because: str) -> None:
        found = registered_model(model)
        standing = standing_approval(model, found.version()) if found else None
        if standing is None:
            raise CommandError("No approval of the version in service stands.")
        withdraw_approval(approval=standing, because=because)
