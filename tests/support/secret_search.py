"""Plant, walk, dump, search: is anything that must be sealed readable in what the site keeps?"""

from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests import factories

from .canaries import Canary, found
from .dumps import Logs, database_dump, redis_dump
from .planting import Field, plant
from .secret_controls import write_controls
from .secret_walk import walk


@dataclass
class Search:
    """What was planted and what was found again, each with the place."""

    planted: list[Canary]
    found: dict[Canary, str]
    controls: list[Canary]
    controls_found: dict[Canary, str]
    pages: int
    searched_bytes: int


def search(*, url: str, log: Path, folders: list[Path], dice: Random) -> Search:
    """Search the database, Redis and the logs of a site that answers at `url` and logs to `log`."""
    logs = Logs(*folders)
    parent, staff = factories.make_parent(), factories.make_staff()
    ground = Field(dice, parent, staff, parent.children.get())
    plant(ground)
    pages = walk(url, ground)
    controls = write_controls(dice, log)
    hay = database_dump() | redis_dump() | logs.written()
    return Search(
        planted=ground.canaries,
        found=found(ground.canaries, hay),
        controls=controls,
        controls_found=found(controls, hay),
        pages=pages,
        searched_bytes=sum(map(len, hay.values())),
    )
