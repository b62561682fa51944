"""What a family is told of a disputed card: that a bank looks, and what it decided; never why, or who is to blame."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from payments.disputes.enums import DisputeState
from payments.disputes.models import Dispute
from payments.story import Step, StepState


def dispute_steps(intent_ids: Sequence[int]) -> dict[int, list[Step]]:
    """The steps of each intent's disputes; one query."""
    steps: dict[int, list[Step]] = {}
    disputes = Dispute.objects.filter(attempt__intent__in=intent_ids).select_related("attempt").order_by("pk")
    for dispute in disputes:
        steps.setdefault(dispute.attempt.intent_id, []).append(_step(dispute))
    return steps


def _step(dispute: Dispute) -> Step:
    if dispute.state == DisputeState.WON:
        return Step(_("银行核对好了"), StepState.DONE, dispute.closed_at, _("这笔付款有效。"), "shield")
    if dispute.state == DisputeState.LOST:
        return Step(_("银行核对好了"), StepState.DONE, dispute.closed_at, _("银行把钱退回了付款的卡。"), "shield")
    return Step(
        _("银行正在核对这笔付款"), StepState.HELP, dispute.opened_at, _("有了结果会写在这里，不用做任何事。"), "shield"
    )
