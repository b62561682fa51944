from marketplace.core.errors import Refusal


class DemoRefused(Refusal):
    """Demo data does not belong into this house. Told to whoever typed the command, in both languages."""

    sentence = (
        "演示数据只能装入演示环境：当前设置的 DEMO 为 False，没有写入任何数据。\n"
        "Demo data loads into a demo only: DEMO is False in these settings, and nothing was written."
    )
