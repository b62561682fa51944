from ..enums import CalendarTrouble


class Unreadable(Exception):
    """A calendar could not be read; `trouble` says why, in words for its owner."""

    def __init__(self, trouble: CalendarTrouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
