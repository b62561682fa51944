"""Every refusal that staff can meet over a dispute."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotAwaitingAnswer(Refusal):
    """It was answered, or the bank has decided."""

    sentence = _("这笔争议已经答复过，或者银行已经有了结果。")


class AnswerUnclear(Refusal):
    """The company did not say whether it took the answer."""

    sentence = _("支付机构没有回应，答复可能已经送到。请过几分钟再看；没有送到的话，原样再发一次。")
