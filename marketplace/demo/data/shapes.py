"""How demo data is written down. Keys are the natural keys of rows; needs and shelves are category slugs."""

from dataclasses import dataclass

#: (weekdays as digits with Monday 0, from, to), for example ("56", "09:00", "18:00") for the weekend.
Hours = tuple[str, str, str]
#: (title, text)
Step = tuple[str, str]


@dataclass(frozen=True)
class Place:
    key: str
    name: str
    address: str
    district: str
    how_to_find: str


@dataclass(frozen=True)
class Organisation:
    key: str
    name: str
    name_en: str
    organisation_type: str
    district: str
    introduction: str
    license_note: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Person:
    """A provider. `fullness` is the share of working hours that is already taken, in percent."""

    key: str
    organisation: str
    name: str
    name_en: str
    title: str
    credential: str
    biography: str
    approaches: tuple[str, ...]
    languages: tuple[str, ...]
    years: int
    tone: int
    needs: tuple[str, ...]
    hours: tuple[Hours, ...]
    modes: tuple[str, ...] = ("in_person", "phone", "video", "text")
    fullness: int = 30
    takes_days_off: bool = True


@dataclass(frozen=True)
class Item:
    """Anything on the shelves; the subclasses say what buying it means."""

    key: str
    organisation: str
    title: str
    price_fen: int
    shelves: tuple[str, ...]
    needs: tuple[str, ...]
    ages: tuple[int, int]
    illustration: str
    summary: str
    description: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Session(Item):
    """A conversation with one of `people`; several people mean that any of them may give it."""

    people: tuple[str, ...] = ()
    place: str = ""
    minutes: int = 50
    modes: tuple[str, ...] = ("in_person", "phone", "video")
    buffer_minutes: int = 10
    free_cancel_hours: int = 24
    #: Later windows of the cancellation policy: (hours before the start, percent, fee in fen).
    late_windows: tuple[tuple[int, int, int], ...] = ((0, 50, 0),)
    #: How many sessions may be booked in one go.
    series_limit: int = 8
    needs_confirmation: bool = False
    admits_guardian: bool = False


@dataclass(frozen=True)
class Group(Session):
    """A group led by the first of `people`, every week on `weekday` at `at`."""

    weekday: int = 5
    at: str = "15:00"
    seats: int = 8
    modes: tuple[str, ...] = ("in_person",)
    series_limit: int = 1


@dataclass(frozen=True)
class CheckUp(Item):
    """An assessment: listed as coming until its engine is there."""


@dataclass(frozen=True)
class LessonText:
    title: str
    minutes: int
    body: str


@dataclass(frozen=True)
class Course(Item):
    lessons: tuple[LessonText, ...] = ()


@dataclass(frozen=True)
class Goods(Item):
    stock: int = 20
    data_collected: str = ""

    @property
    def is_electronic(self) -> bool:
        return bool(self.data_collected)


@dataclass(frozen=True)
class Package(Item):
    """Sessions of the services `covers` names, paid for ahead."""

    sessions: int = 5
    valid_days: int = 180
    covers: tuple[str, ...] = ()
