"""How an offer is explained: its film with captions and words, its steps and its picture."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

#: This site's own pictures, for whoever has none.
ILLUSTRATIONS = [
    ("", _("还没有选")),
    ("talk", _("两个人说话")),
    ("two-chairs", _("两把椅子")),
    ("circle-group", _("围坐一圈")),
    ("family-table", _("一家人的桌子")),
    ("mountain-path", _("山路")),
    ("sprout", _("小苗")),
]
MOST_STEPS = 8


class ExplainForm(forms.Form):
    """All of it at once; a film that is there already need not be sent again."""

    steps = forms.CharField(
        label=_("怎么进行"),
        help_text=_("一步一行，写成“第一次见面：互相认识，说说想改变什么。”"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    illustration = forms.ChoiceField(label=_("图片"), choices=ILLUSTRATIONS, required=False)
    video = forms.FileField(label=_("讲解视频"), help_text=_("MP4 或 WebM，不超过 200 MB。"), required=False)
    captions = forms.FileField(label=_("字幕"), help_text=_("WebVTT 文件。"), required=False)
    transcript = forms.CharField(
        label=_("视频的文字版"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args: Any, has_film: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("video", "captions", "transcript"):
            self.fields[name].required = not has_film

    def clean_steps(self) -> list[dict[str, str]]:
        lines = [line.strip() for line in self.cleaned_data["steps"].splitlines() if line.strip()]
        if len(lines) > MOST_STEPS:
            raise forms.ValidationError(_("最多写八步。"))
        return [{"title": title, "text": text} for title, text in map(_step, lines)]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if bool(values.get("video")) != bool(values.get("captions")):
            raise forms.ValidationError(_("视频和字幕要一起放。"))
        return values


def _step(line: str) -> tuple[str, str]:
    """Return a line's title and text; one without a colon is all title."""
    title, _colon, text = line.replace(":", "：").partition("：")
    return title.strip(), text.strip()
