"""What a page shows when somebody may be in danger: {% load safety %}{% crisis_card answer %}."""

from typing import Any

from django import template

from marketplace.safeguarding.hotlines import HOTLINES

register = template.Library()


@register.inclusion_tag("safeguarding/crisis_card.html")
def crisis_card(answer: Any = None) -> dict[str, Any]:
    """Show the numbers to call and a kind sentence; nothing when the gate's answer asks for no card.

    Takes the answer of `gate.services.screen`; without one the card is always shown. Also fit as a fragment for htmx.
    """
    shown = answer is None or bool(getattr(answer, "card", False))
    return {"shown": shown, "reply": getattr(answer, "reply", ""), "hotlines": HOTLINES}
