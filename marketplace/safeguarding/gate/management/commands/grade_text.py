"""Grade texts from a file, one a line, so that the gate can be tried on outside material."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.safeguarding.gate.grading import grade


class Command(BaseCommand):
    help = "Read one text a line from FILE (- for standard input); print one JSON line each: kind, score, level."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="UTF-8 text, one text a line; an empty line is a text, too")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        with _opened(file) as lines:
            for text in _texts(lines, file):
                given = grade(text)
                found = {"kind": str(given.kind), "score": given.score, "level": int(given.level)}
                self.stdout.write(json.dumps(found))


@contextmanager
def _opened(file: str) -> Iterator[IO[bytes]]:
    if file == "-":
        yield sys.stdin.buffer
        return
    if not Path(file).is_file():
        raise CommandError(f"{file}: no such file")
    with Path(file).open("rb") as lines:
        yield lines


def _texts(lines: IO[bytes], file: str) -> Iterator[str]:
    try:
        for number, line in enumerate(lines, start=1):
            encoding = "utf-8-sig" if number == 1 else "utf-8"
            yield line.decode(encoding).rstrip("\r\n")
    except UnicodeDecodeError as trouble:
        raise CommandError(
            f"{file}, line {number}: not UTF-8 (byte {trouble.start + 1}); convert it first"
        ) from trouble
    except OSError as trouble:
        raise CommandError(f"{file}: {trouble.strerror}") from trouble
