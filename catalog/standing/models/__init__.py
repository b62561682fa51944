"""Who may offer what, and who watches over it."""

from .licences import Licence
from .withholdings import LONGEST_WORDS, BlacklistEntry, Withholding

__all__ = ["LONGEST_WORDS", "BlacklistEntry", "Licence", "Withholding"]
