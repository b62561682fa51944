"""Who may offer what, and who watches over it."""

from .explainers import Explainer
from .judging import Assessment, StandardsSay, StandardsVersion, Training
from .licences import Licence
from .withholdings import LONGEST_WORDS, BlacklistEntry, Withholding

__all__ = [
    "LONGEST_WORDS",
    "Assessment",
    "BlacklistEntry",
    "Explainer",
    "Licence",
    "StandardsSay",
    "StandardsVersion",
    "Training",
    "Withholding",
]
