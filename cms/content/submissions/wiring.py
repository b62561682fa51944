"""What is connected once the apps are ready."""

from marketplace.safeguarding.concerns.contexts import register_context
from marketplace.safeguarding.concerns.signals import concern_closed
from marketplace.safeguarding.enums import Source

from .receivers import let_go, read_for_desk
from .retention import register_retention
from .subject_data import register_subject_data


def connect_submissions() -> None:
    """Tell consent what is kept, and the safety desk where the texts are."""
    register_retention()
    register_subject_data()
    register_context(Source.SUBMISSION, read_for_desk)
    concern_closed.connect(let_go, dispatch_uid="content.submissions")
