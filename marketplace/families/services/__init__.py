"""What families do: one function per use case, keywords only. Nothing here ever merges two profiles."""

from .children import MOST_CHILDREN, add_child, archive_child, update_child

__all__ = ["MOST_CHILDREN", "add_child", "archive_child", "update_child"]
