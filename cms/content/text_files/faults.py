"""What is wrong with a text file, and where."""

from pathlib import Path


class TextFault(Exception):
    """A text file cannot be taken as it is. `line` counts from 1."""

    def __init__(self, path: Path, line: int, sentence: str) -> None:
        super().__init__(f"{path.name}:{line}: {sentence}")
        self.path, self.line, self.sentence = path, line, sentence
