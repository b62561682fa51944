"""What scheduling announces. Sent inside the transaction that made the change."""

from django.dispatch import Signal

#: Free times of these providers may have changed. Argument: `provider_ids`, a tuple of ids.
availability_changed = Signal()

#: Somebody said whether a session was held; its lock is held. Argument: `booking`.
attendance_marked = Signal()

#: A place is fixed: paid, and where it had to be asked for, granted. Its lock is held. Argument: `booking`.
booking_booked = Signal()

#: A place was given back, a hold's too; its provider's lock is held. Arguments: `booking`, and `cancelled_by`, a CancelledBy.
booking_ended = Signal()

#: A fixed place has another time; its provider's lock is held. Argument: `booking`, with `moved_by_provider_at` when the
#: provider did it.
booking_moved = Signal()
