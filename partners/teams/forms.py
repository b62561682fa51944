"""Input of a team's pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.partner.enums import OrganisationType, TeamRole
from catalog.partner.models import Partner
from catalog.scheduling.models import Provider

#: What each role is told to see, in words for those who choose it.
ROLE_WORDS = {
    TeamRole.MANAGER: _("能看到和改动所有内容，也能改动团队。"),
    TeamRole.DESK: _("管日历、预约、候补和订单；看不到钱。"),
    TeamRole.FINANCE: _("管对账、打款和退款；看不到任何孩子的内容。"),
    TeamRole.CARER: _("只看到自己的时间和自己的预约。"),
    TeamRole.WORKER: _("只看到交给自己的送达任务。"),
}


def roles_at(partner: Partner) -> list[tuple[str, Any]]:
    """Return the roles an organisation of this kind may give: workers deliver for communities alone."""
    is_community = partner.organisation_type == OrganisationType.COMMUNITY
    return [(value, label) for value, label in TeamRole.choices if is_community or value != TeamRole.WORKER]


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    address = forms.CharField(
        label=_("手机号或邮箱"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("对方要用这个手机号或邮箱登录，才能接受邀请。"),
        error_messages={"required": _("请填手机号或邮箱。")},
    )
    role = forms.ChoiceField(label=_("在团队中做什么"))

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles_at(partner)  # type: ignore[attr-defined]
        self.fields["role"].initial = TeamRole.DESK


class MemberForm(forms.Form):
    """What somebody does, and whose calendar is theirs."""

    role = forms.ChoiceField(label=_("在团队中做什么"), widget=forms.RadioSelect)
    provider = forms.ModelChoiceField(
        Provider.objects.none(),
        label=_("对应的咨询师资料"),
        required=False,
        empty_label=_("不对应"),
        to_field_name="public_id",
        help_text=_("连上以后，TA 就能看到这位咨询师自己的日程。"),
    )

    def __init__(self, *args: Any, partner: Partner, may_link: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(value, f"{label}：{ROLE_WORDS[TeamRole(value)]}") for value, label in roles_at(partner)]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]
        if may_link:
            free = Provider.objects.filter(partner=partner, user=None)
            self.fields["provider"].queryset = free  # type: ignore[attr-defined]
        else:
            del self.fields["provider"]
