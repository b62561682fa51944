"""Invented examples for the living style page."""

import re
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.bundles import STATIC
from marketplace.core.formatting import SHANGHAI

COLOURS = ("paper", "surface", "sunken", "pine", "pine-soft", "apricot", "apricot-soft", "sky", "sky-soft",
           "lilac", "lilac-soft", "sun", "sun-soft", "alert", "alert-soft")  # fmt: skip

SECTIONS = (
    ("colours", _("颜色")), ("type", _("文字")), ("icons", _("图标")), ("buttons", _("按钮")), ("chips", _("标签与状态")),
    ("fields", _("表单")), ("facets", _("筛选")), ("tabs", _("分页签与翻页")), ("cards", _("卡片")), ("tables", _("表格")),
    ("charts", _("图表")), ("slots", _("选时间")), ("steps", _("进度")), ("summary", _("订单小结")), ("dialogs", _("对话框与提示")),
)  # fmt: skip

TILES = (
    {"label": _("3 分钟呼吸"), "text": _("考前紧张时用"), "tone": "sky", "icon": "breath"},
    {"label": _("找人聊聊"), "text": _("说说困扰，帮你匹配"), "tone": "lilac", "icon": "chat"},
    {"label": _("心理小测"), "text": _("5 分钟了解自己"), "tone": "apricot", "icon": "clipboard"},
    {"label": _("问问专家"), "text": _("三个问题就够"), "tone": "", "icon": ""},
)


class ExampleForm(forms.Form):
    """One field of every kind."""

    nickname = forms.CharField(label=_("孩子的昵称"), help_text=_("只有你和你选的咨询师看得到"))
    phone = forms.CharField(label=_("手机号"), widget=forms.TextInput(attrs={"inputmode": "tel"}))
    year = forms.ChoiceField(label=_("年级"), choices=[("7", _("初一")), ("8", _("初二")), ("9", _("初三"))])
    note = forms.CharField(label=_("想先告诉咨询师的话"), required=False, widget=forms.Textarea)
    mode = forms.ChoiceField(
        label=_("方式"), widget=forms.RadioSelect, choices=[("in_person", _("到店")), ("phone", _("电话"))]
    )
    agree = forms.BooleanField(label=_("我已读过并同意用户协议"))


def _today(hour: int, minute: int = 0) -> datetime:
    return timezone.now().astimezone(SHANGHAI).replace(hour=hour, minute=minute, second=0, microsecond=0)


def _days(*, as_links: bool) -> list[dict[str, Any]]:
    taken = {(0, 11), (2, 14), (4, 10)}
    hours = ((10, 11, 14), (), (9, 14, 16, 17), (10,), (10, 15, 19), (9, 10, 11, 14, 16), (14, 15))
    return [
        {
            "date": (_today(0) + timedelta(days=offset)).date(),
            "slots": [
                {
                    "starts_at": _today(hour, 30 if hour == 14 else 0) + timedelta(days=offset),
                    "is_free": (offset, hour) not in taken,
                    "value": f"{offset}-{hour}",
                    "href": "#slots" if as_links else "",
                }
                for hour in day_hours
            ],
        }
        for offset, day_hours in enumerate(hours)
    ]


def _providers() -> list[dict[str, Any]]:
    days = _days(as_links=True)
    return [
        {
            "name": "周岚", "href": "#cards", "org": "青禾心理", "facts": "从业 9 年", "tone_number": 1, "is_demo": True,
            "tags": ["考试焦虑", "青少年", "CBT"],
            "text": "临床心理学硕士，中国心理学会注册心理师。擅长用认知行为方法帮助初高中生应对考试焦虑与拖延。",
            "why": "为什么推荐：与小禾的「考试压力」方向一致 · 周末可约", "fen": 36000, "per": "50 分钟",
            "next_day": days[0]["date"], "slots": days[0]["slots"],
        },
        {
            "name": "许可", "href": "#cards", "org": "青禾心理", "facts": "从业 6 年", "tone_number": 4, "is_demo": True,
            "tags": ["亲子沟通", "睡眠"], "text": "和孩子一起找到说得出口的话，也陪父母听懂没说出口的话。",
            "fen": 28050, "per": "50 分钟", "slots": [], "slots_text": "两周内没有空闲，可以先收藏",
        },
    ]  # fmt: skip


def _products() -> list[dict[str, Any]]:
    return [
        {"title": "五天小练习：让身体先松下来", "href": "#cards", "icon": "breath", "kind": "课程 · 每天 6 分钟",
         "text": "跟着声音做，考前也来得及。", "tags": ["放松"], "fen": 0, "is_demo": True},
        {"title": "陪伴小熊暖暖", "href": "#cards", "icon": "toy", "kind": "AI 陪伴玩具 · 6 岁以上",
         "text": "会听、会哄睡；不录像，录音不出家门。", "tags": ["睡眠"], "fen": 39900, "is_demo": True},
        {"title": "青少年心理体检", "href": "#cards", "icon": "clipboard", "kind": "测评 · 约 20 分钟",
         "text": "看看最近两周的情绪和睡眠。", "tags": ["测评"], "fen": 9900, "note": "即将开放", "is_demo": True},
    ]  # fmt: skip


def _choices() -> list[dict[str, Any]]:
    return [
        {"value": "exam", "label": "考试与学业压力", "count": 42, "checked": True},
        {"value": "mood", "label": "情绪低落", "count": 36},
        {"value": "peers", "label": "同伴关系", "count": 31},
        {"value": "parents", "label": "亲子沟通", "count": 28},
    ]


def examples() -> dict[str, Any]:
    """Return what the style page shows: one context for all sections."""
    wrong = ExampleForm({"wrong-nickname": "小禾", "wrong-year": "8", "wrong-mode": "phone"}, prefix="wrong")
    return {
        "sections": SECTIONS,
        "colours": COLOURS,
        "tones": range(1, 7),
        "form": ExampleForm(initial={"year": "8"}),
        "wrong_form": wrong,
        "days": _days(as_links=False),
        "strip": [{"date": item["date"], "href": "#slots", "on": index == 2, "note": "3 个空闲"}
                  for index, item in enumerate(_days(as_links=False))],
        "tiles": TILES,
        "providers": _providers(),
        "products": _products(),
        "facet_options": _choices(),
        "sort_options": [{"value": "match", "label": _("综合匹配"), "selected": True}, {"value": "price", "label": _("价格")}],
        "page": Paginator(range(95), 20).page(2),
        "steps": [
            {"label": _("选时间"), "state": "done", "href": "#steps"},
            {"label": _("填写信息"), "state": "now"},
            {"label": _("付款"), "state": "todo"},
            {"label": _("完成"), "state": "todo"},
        ],
        "story": [
            {"title": _("下单"), "state": "done", "at": timezone.now(), "icon": "receipt"},
            {"title": _("等待付款"), "state": "now", "text": _("到期前付好就行"), "icon": "wallet"},
            {"title": _("见面"), "state": "todo", "icon": "calendar"},
        ],
        "tabs": [{"label": _("即将开始"), "href": "#tabs", "on": True, "count": 2},
                 {"label": _("以前的"), "href": "#tabs", "count": 7}, {"label": _("已取消"), "href": "#tabs"}],
        "columns": [{"label": _("月份")}, {"label": _("已约")}, {"label": _("收入")}],
        "table_rows": [["9月", "61", "¥21,960"], ["10月", "74", "¥26,640"], ["11月", "82", "¥29,520"]],
        "until": timezone.now() + timedelta(minutes=27),
        "rows": [{"label": _("内容"), "value": _("健康服务 1 项")}, {"label": _("收款方"), "value": _("青禾（资质已核验）")},
                 {"label": _("退款"), "value": _("开始前 24 小时可全额退")},
                 {"label": _("合计"), "value": "¥360.00", "total": True}],
        "icons": _icon_names(),
    }  # fmt: skip


def _icon_names() -> list[str]:
    return re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8"))
