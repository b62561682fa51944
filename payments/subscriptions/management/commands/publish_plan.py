"""Put a plan, or a new version of it, on sale: `manage.py publish_plan family --name 家庭会员 --fen 39800 --benefit courses`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from payments.subscriptions.enums import Benefit
from payments.subscriptions.services import publish_plan


class Command(BaseCommand):
    """Who has an older version keeps its price."""

    help = "Put a plan, or a new version of it, on sale."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The plan's facts."""
        parser.add_argument("code")
        parser.add_argument("--name", required=True)
        parser.add_argument("--name-en", default="")
        parser.add_argument("--fen", type=int, required=True, help="price of a period")
        parser.add_argument("--months", type=int, default=1)
        parser.add_argument("--trial-days", type=int, default=7)
        parser.add_argument("--benefit", action="append", choices=Benefit.values, default=[])
        parser.add_argument("--sessions", type=int, default=0, help="one-to-one sessions in a period")
        parser.add_argument("--session-fen", type=int, default=0, help="what a session may cost at most")

    def handle(self, *_: Any, **facts: Any) -> None:
        """Publish and say which version it is."""
        plan = publish_plan(
            code=facts["code"],
            name=facts["name"],
            name_en=facts["name_en"],
            amount_fen=facts["fen"],
            period_months=facts["months"],
            trial_days=facts["trial_days"],
            benefits=[Benefit(each) for each in facts["benefit"]],
            sessions=facts["sessions"],
            session_unit_fen=facts["session_fen"],
        )
        self.stdout.write(f"{plan.code} version {plan.version} is on sale")
