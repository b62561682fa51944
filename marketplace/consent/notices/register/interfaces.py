"""What we do with data that partners' own programs read and are told."""

from django.utils.translation import gettext_lazy as _

from .activity import CONTRACT, Activity

INTERFACES: tuple[Activity, ...] = (
    Activity(
        key="interfaces",
        icon="link",
        title=_("机构自己的程序"),
        what=_("谁做了哪把密钥、哪个通知地址，什么时候用过"),
        why=_("让机构的排班和发货程序不用人抄写"),
        who=_("这家机构的程序；通知里只有编号和时间，没有称呼。称呼只在家庭同意时、逐个读到，每次都有记录"),
        choices=_("密钥和地址随时能停用；做的人离开团队，密钥马上失效"),
        basis=CONTRACT,
        measures=_("密钥只存摘要，地址和签名的密文加密保存；只送到公开互联网的 https 地址"),
        models=(
            "partner_api.ApiKey",
            "partner_api.IdempotentCall",
            "partner_api.WebhookEndpoint",
            "partner_api.WebhookDelivery",
        ),
        retention=("api_keys", "api_calls"),
    ),
)
