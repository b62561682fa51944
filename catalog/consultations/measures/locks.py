"""Row locks of measures."""

from marketplace.families.models import Child


def lock_child(child_id: int) -> None:
    """Lock a young person, so that one goal is set at a time and a session is answered once."""
    Child.objects.select_for_update(of=("self",), no_key=True).get(pk=child_id)
