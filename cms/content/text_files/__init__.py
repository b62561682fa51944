"""Reading the library's text files: Markdown with a head, in cms/content/texts/<language>/<slug>.md."""

from .faults import TextFault
from .reading import TextFile, read_text_file, text_file_paths
from .shelves import read_collections

__all__ = ["TextFault", "TextFile", "read_collections", "read_text_file", "text_file_paths"]
