from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


@dataclass(frozen=True)
class RowError:
    """What is wrong in one line of a file."""

    line: int
    column: str
    sentence: str | Promise


class FileTooLarge(Refusal):
    """More bytes or lines than a school has people."""

    sentence = _("文件太大：最多 512 KB、2000 行。请分开，或者删掉多余的行。")


class NotATable(Refusal):
    """No text of a kind that spreadsheets save."""

    sentence = _("这不像 CSV 表格。请在表格软件里选“另存为 CSV”，再上传。")


class ColumnsMissing(Refusal):
    """A column that must be there is not."""

    sentence = _("表头缺了必要的列，请用下面的模板。")


class TooMuchData(Refusal):
    """Columns with more about people than a list needs. Nothing of the file was kept."""

    sentence = _("表里有我们不收的列。请删掉再上传；文件没有保存。")


class RowsWrong(Refusal):
    """Some lines cannot be taken; nothing was kept."""

    sentence = _("有几行要改。改好以后整张重新上传；这次什么都没有保存。")

    def __init__(self, errors: Sequence[RowError]) -> None:
        super().__init__()
        self.errors = list(errors)


class DraftGone(Refusal):
    """It was confirmed, thrown away or replaced."""

    sentence = _("这份草稿已经处理过了，请看现在的名单。")


class NothingToUndo(Refusal):
    """There is no list in force."""

    sentence = _("没有可以撤回的名单。")
