"""What the body of an item is built from; templates/content/parts.html shows each by its name.

The text files of the library have a mark for each of these but those with a file.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "blockquote"]
NOTE_FEATURES = ["bold", "italic", "ol", "ul"]


class NoteBlock(blocks.StructBlock):
    """A short text with a title of its own, set apart from the rest."""

    title = blocks.CharBlock(label=_("标题"), required=False, max_length=60)
    body = blocks.RichTextBlock(label=_("内容"), features=NOTE_FEATURES)


class SpokenLineBlock(blocks.StructBlock):
    """One line of a conversation."""

    who = blocks.CharBlock(label=_("谁"), max_length=12, required=False)
    says = blocks.TextBlock(label=_("说什么"))


class TalkBlock(blocks.StructBlock):
    """Words somebody could say, as a conversation."""

    title = blocks.CharBlock(label=_("标题"), required=False, max_length=60)
    lines = blocks.ListBlock(SpokenLineBlock(), label=_("对话"))

    class Meta:
        label = _("可以这样说")


class OptionBlock(blocks.StructBlock):
    """One answer to choose."""

    text = blocks.CharBlock(label=_("选项"), max_length=200)
    is_right = blocks.BooleanBlock(label=_("合适"), required=False)


class CheckBlock(blocks.StructBlock):
    """A question with an answer at once; nobody keeps a score."""

    question = blocks.CharBlock(label=_("问题"), max_length=200)
    options = blocks.ListBlock(OptionBlock(), label=_("选项"), min_num=2, max_num=5)
    why = blocks.TextBlock(label=_("说明"), required=False)

    class Meta:
        label = _("小问题")


class PictureBlock(blocks.StructBlock):
    """A picture with words for those who do not see it."""

    image = ImageChooserBlock(label=_("图片"))
    description = blocks.CharBlock(label=_("给看不见图的人：图里有什么"), max_length=200)
    caption = blocks.CharBlock(label=_("图注"), max_length=120, required=False)

    class Meta:
        label = _("图片")


class AudioBlock(blocks.StructBlock):
    """A recording, always with its words."""

    title = blocks.CharBlock(label=_("标题"), max_length=60)
    recording = DocumentChooserBlock(label=_("录音"))
    transcript = blocks.RichTextBlock(label=_("文字稿"), features=FEATURES)

    class Meta:
        label = _("录音")


class VideoBlock(blocks.StructBlock):
    """A film or animation, always with captions and its words."""

    title = blocks.CharBlock(label=_("标题"), max_length=60)
    film = DocumentChooserBlock(label=_("影片"))
    captions = DocumentChooserBlock(label=_("字幕（WebVTT）"))
    transcript = blocks.RichTextBlock(label=_("文字稿"), features=FEATURES)

    class Meta:
        label = _("影片")


class PartsBlock(blocks.StreamBlock):
    """The parts an item or a lesson may have."""

    text = blocks.RichTextBlock(label=_("正文"), features=FEATURES)
    tip = NoteBlock(label=_("小提示"))
    # "try" and "ask" as the text files call them
    exercise = NoteBlock(label=_("试一试"))
    ask = NoteBlock(label=_("想一想"))
    talk = TalkBlock()
    help = NoteBlock(label=_("什么时候找人帮忙"))
    check = CheckBlock()
    pre_work = NoteBlock(label=_("课前"))
    class_activity = NoteBlock(label=_("课堂活动"))
    picture = PictureBlock()
    audio = AudioBlock()
    video = VideoBlock()


class LessonBlock(blocks.StructBlock):
    """One lesson of a course."""

    title = blocks.CharBlock(label=_("标题"), max_length=60)
    parts = PartsBlock(label=_("内容"))

    class Meta:
        label = _("一课")


class BodyBlock(PartsBlock):
    """The body of an item: parts, and in a course lessons."""

    lesson = LessonBlock()


class SourceBlock(blocks.StructBlock):
    """Where what an item says comes from."""

    title = blocks.CharBlock(label=_("名称"), max_length=200)
    publisher = blocks.CharBlock(label=_("出版者"), max_length=120)
    year = blocks.IntegerBlock(label=_("年份"), min_value=1900, max_value=2100, required=False)


class SourcesBlock(blocks.StreamBlock):
    """One to several sources."""

    source = SourceBlock(label=_("来源"))
