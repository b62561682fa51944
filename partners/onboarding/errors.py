"""Every refusal that applicants and our reviewers can meet."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotOpen(Refusal):
    """It is with our reviewers, or over: the applicant changes nothing now."""

    sentence = _("申请已经交给审核，现在不能改。")


class Incomplete(Refusal):
    """Something is still missing; `missing` says what."""

    sentence = _("还有几项没有填好，请看下面的提示。")

    def __init__(self, missing: list[str] | None = None) -> None:
        self.missing = missing or []
        super().__init__()


class DuplicateOrganisation(Refusal):
    sentence = _("这家机构已经入驻，或者已经有一份申请在审核。请联系机构里负责的同事，或者向我们的客服咨询。")


class PersonNeeded(Refusal):
    sentence = _("这份材料要说明是哪一位的。")


class LicenceIncomplete(Refusal):
    sentence = _("证照要填编号、发证机关和起始日期。")


class LicenceOver(Refusal):
    sentence = _("这份证照已经过期，请上传有效的证照。")


class SignerDiffers(Refusal):
    sentence = _("签名要和“签署人”一步里填的姓名一致。")


class TextChanged(Refusal):
    sentence = _("协议刚刚更新了，请再读一遍，然后签署。")


class QuestionsOpen(Refusal):
    sentence = _("还有问题没有回答。")


class Decided(Refusal):
    sentence = _("这份申请已经处理过了，请刷新页面再看。")


class SecondPersonNeeded(Refusal):
    sentence = _("这一步需要另一位同事来做，不能由提出意见的人自己完成。")


class OwnApplication(Refusal):
    sentence = _("不能审核自己提交的申请。")


class ChecksOpen(Refusal):
    sentence = _("核对表还没有全部完成，或者有不符合的项目，不能建议通过。")


class ReasonsNeeded(Refusal):
    sentence = _("请写清楚理由，申请的机构会看到。")
