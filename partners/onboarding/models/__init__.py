"""Applications of organisations, what they consist of, and the agreements they end in."""

from .agreements import Agreement, AgreementText
from .applications import Application, ApplicationEvent, ApplicationVersion
from .parts import Paper, Person
from .review import Check, Question

__all__ = [
    "Agreement",
    "AgreementText",
    "Application",
    "ApplicationEvent",
    "ApplicationVersion",
    "Check",
    "Paper",
    "Person",
    "Question",
]
