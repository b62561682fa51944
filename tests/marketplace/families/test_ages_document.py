"""docs/ages.md says what the code does: its table is the module's, row by row."""

from marketplace.core.embedded.locations import CHECKOUT
from marketplace.core.formatting import yuan_text
from marketplace.families.age_rules import CHANGES_AT, AgeRules, SelfPay, rules_at


def money(pay: SelfPay) -> str:
    if pay.once_fen is None or pay.month_fen is None:
        return "no limit"
    return f"{yuan_text(pay.once_fen)} / {yuan_text(pay.month_fen)}" if pay.once_fen else "nothing"


def self_pay(rules: AgeRules) -> str:
    by_rule, most = money(rules.self_pay), money(rules.self_pay_most)
    return by_rule if by_rule == most else f"{by_rule}; a guardian may allow up to {most}"


def companion(rules: AgeRules) -> str:
    words = rules.companion.replace("_", " ")
    if rules.companion_daily_minutes:
        words += f", {rules.companion_daily_minutes} min a day"
    if rules.companion_reminder_minutes:
        words += f", a pause proposed after {rules.companion_reminder_minutes} min"
    return words


def sees(rules: AgeRules) -> str:
    return ", ".join(f"`{item}`" for item in sorted(rules.guardian_sees)) or "nothing"


def time_here(rules: AgeRules) -> str:
    if rules.daily_minutes is None or rules.night is None:
        return "no limit"
    return f"{rules.daily_minutes} min, rests {rules.night[0]:%H:%M}–{rules.night[1]:%H:%M}"


def row(label: str, rules: AgeRules) -> str:
    cells = (
        label,
        rules.account.replace("_", " "),
        self_pay(rules),
        sees(rules),
        companion(rules),
        rules.community.replace("_", " "),
        time_here(rules),
    )
    return f"| {' | '.join(cells)} |"


def table() -> list[str]:
    bounds = (0, *CHANGES_AT)
    labels = [f"{first}–{last - 1}" for first, last in zip(bounds, bounds[1:], strict=False)] + [f"{bounds[-1]}+"]
    return [row(label, rules_at(first)) for label, first in zip(labels, bounds, strict=True)]


def test_the_table_is_the_modules():
    written = (CHECKOUT / "docs" / "ages.md").read_text(encoding="utf-8")
    missing = [line for line in table() if line not in written]
    assert not missing, "docs/ages.md must hold these rows:\n" + "\n".join(missing)
