"""Companies in memory in the place of WeChat and Stripe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.payments.model_recurring import ModelCharging, ModelInvoicing
    from tests.payments.subscriptions.family import Family


@pytest.fixture
def companies(settings, monkeypatch) -> Iterator[dict[str, ModelCharging]]:
    """The gateways by code: "wechat" lets us charge, "stripe" charges by itself."""
    from payments.gateways import registry
    from tests.payments import model_recurring

    made = {"wechat": model_recurring.ModelCharging(), "stripe": model_recurring.ModelInvoicing()}
    made["wechat"].code = "wechat"
    for code, company in made.items():
        monkeypatch.setattr(model_recurring, f"build_{code}", lambda _settings, company=company: company, raising=False)
        builder = (f"tests.payments.model_recurring.build_{code}", "enabled")
        monkeypatch.setitem(registry._BUILDERS, code, builder)
    settings.PAYMENT_GATEWAYS = {code: {"enabled": "yes", "gateway_url": "https://company.example"} for code in made}
    yield made
    registry.gateway_for.cache_clear()


@pytest.fixture
def company(companies: dict[str, ModelCharging]) -> ModelCharging:
    """The company that we charge."""
    return companies["wechat"]


@pytest.fixture
def card_company(companies: dict[str, ModelCharging]) -> ModelInvoicing:
    """The company that charges by its own calendar."""
    return companies["stripe"]  # type: ignore[return-value]


@pytest.fixture
def family(db: None, company: ModelCharging) -> Family:
    """A family before its trial."""
    from tests.payments.subscriptions.family import Family

    return Family(company)
