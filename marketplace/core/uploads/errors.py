"""Why a file is not taken or not shown, each in a sentence that says what helps."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class FileRefused(Refusal):
    """A file is not taken; the causes below are all of this kind, so that a form needs to catch one."""


class FileEmpty(FileRefused):
    sentence = _("这个文件是空的，请重新选择。")


class FileTooLarge(FileRefused):
    sentence = _("文件太大了，请不要超过 10 MB；照片可以先缩小。")


class KindNotTaken(FileRefused):
    """By its content it is something else than what is asked for, whatever its name says."""

    sentence = _("这里不收这种文件。请上传 PDF、照片（JPG、PNG）或 Word（docx）。")


class PictureBroken(FileRefused):
    sentence = _("这张图片打不开，可能没有传完整，请换一张。")


class PictureTooManyPixels(FileRefused):
    sentence = _("这张图片的尺寸太大，请缩小以后再上传。")


class DocumentActive(FileRefused):
    """It would do something when it is opened, or carries other files."""

    sentence = _("这个文件里有脚本、宏或者附带的文件。请另存为普通的 PDF，或者拍照上传。")


class DocumentLocked(FileRefused):
    sentence = _("这个文件加了密码，我们打不开。请去掉密码再上传。")


class DocumentBroken(FileRefused):
    sentence = _("这个文件读不出来，可能没有传完整。请另存为 PDF 再上传。")


class FileGone(Refusal):
    sentence = _("这个文件已经不在了。")
