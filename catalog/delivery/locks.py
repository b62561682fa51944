"""Row locks of deliveries. Order: order, shipment, then the task."""

from .models import DeliveryTask


def locked_task(task_id: int) -> DeliveryTask:
    """The task, locked and read after the lock."""
    return DeliveryTask.objects.select_for_update(of=("self",)).get(pk=task_id)
