"""Who may offer what, and who watches over it."""

from .licences import Licence

__all__ = ["Licence"]
