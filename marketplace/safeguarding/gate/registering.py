"""The gate's model in the register of models."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.model_register.enums import ModelKind
from marketplace.core.model_register.registry import RegisteredModel, register_model

from .model import MODEL, version


def register_gate() -> None:
    """Say which model reads what people write."""
    register_model(
        RegisteredModel(
            slug=MODEL,
            name=_("文字的安全把关"),
            kind=ModelKind.RISK,
            purpose=_("读平台上写下的文字，看有没有人可能有危险，请值守的人来看。它不给人贴标签，也不打分。"),
            without=_("没有批准时不使用模型：固定的词句仍然会请人来看，其他要给别人看的文字都先由人读过。"),
            version=version,
            card="docs/models/gate.md",
        )
    )
