"""What scheduling announces. Sent inside the transaction that made the change."""

from django.dispatch import Signal

#: Free times of these providers may have changed. Argument: `provider_ids`, a tuple of ids.
availability_changed = Signal()

#: Somebody said whether a session was held; its lock is held. Argument: `booking`.
attendance_marked = Signal()
