"""`manage.py serve 8400`: pages and consultation rooms on one port, with the database and Redis the environment names.

For work on the site; `manage.py demo` starts the servers behind it too.
"""

import os
import signal
import subprocess
import tempfile
import time
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from marketplace.core.embedded import serving


class Command(BaseCommand):
    help = "Serve pages (gunicorn) and consultation rooms (uvicorn) on one port of 127.0.0.1 until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("port", type=int)
        parser.add_argument("--reload", action="store_true", help="start pages anew when code changes")

    def handle(self, *args: Any, port: int, reload: bool, **options: Any) -> None:
        """Run the three programs; when one ends, end all."""
        environment = os.environ | {"PUBLIC_BASE_URL": f"http://127.0.0.1:{port}", "PORT": str(port)}
        with tempfile.TemporaryDirectory(prefix="xinqiao-serve-") as folder:
            running = [subprocess.Popen(command, env=environment) for command in _commands(port, Path(folder), reload)]
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            self.stdout.write(f"http://127.0.0.1:{port}/")
            with suppress(KeyboardInterrupt):
                while all(child.poll() is None for child in running):
                    time.sleep(0.3)
            for child in running:
                child.terminate()
            for child in running:
                child.wait()


def _commands(port: int, folder: Path, reload: bool) -> list[list[str]]:
    web, room = serving.sockets_in(folder)
    again = ["--reload"] if reload else ["--preload"]
    return [
        serving.gunicorn(serving.PAGES, f"unix:{web}", "--threads=4", "--timeout=120", "--proxy-protocol=v1", *again),
        serving.uvicorn(["--uds", str(room)]),
        serving.front(f"127.0.0.1:{port}", pages=f"unix:{web}", rooms=f"unix:{room}"),
    ]
