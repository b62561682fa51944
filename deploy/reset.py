"""Stop the servers of this checkout and delete their data: `make reset`. Standard library only."""

import os
import shutil
import subprocess
import sys

CHECKOUT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV_PYTHON = os.path.join(CHECKOUT, ".venv", "bin", "python")
PURPOSES = ("demo", "test", "bench")

# Run in the environment of the checkout, which knows where the servers are.
STOP = """
import contextlib, shutil, sys
from marketplace.core.embedded import postgres, redis
from marketplace.core.embedded.locations import Place
from marketplace.core.embedded.supervisor import CannotStart, sole_supervisor
for purpose in sys.argv[1:]:
    place = Place(purpose)
    try:
        with sole_supervisor(place):
            redis.stop(place)
            postgres.stop(place)
    except CannotStart as running:
        sys.exit(str(running))
    for folder in (place.sockets, place.server_home):
        shutil.rmtree(folder, ignore_errors=True)
    with contextlib.suppress(OSError):
        place.server_home.parent.rmdir()
"""


def main():
    """Say what goes, ask when someone is there to answer, then do it."""
    data = os.path.join(CHECKOUT, ".data")
    print("将停止本目录的 PostgreSQL 与 Redis，并删除 {}（演示账号、预约、图片与日志）。".format(data))
    print("This stops the PostgreSQL and Redis of this checkout and deletes {}.".format(data))
    if sys.stdin.isatty() and input("继续 Continue? [y/N] ").strip().lower() not in ("y", "yes"):
        return 1
    if os.path.exists(VENV_PYTHON) and subprocess.call([VENV_PYTHON, "-c", STOP, *PURPOSES], cwd=CHECKOUT):
        return 1
    shutil.rmtree(data, ignore_errors=True)
    print("完成 Done.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
