"""Row locks of disputes. The order, with what it holds, is locked first."""

from .models import Case, Ruling


def locked_case(case_id: int) -> Case:
    """Return the dispute, locked and read after the lock."""
    cases = Case.objects.select_for_update(of=("self",)).select_related(
        "line__order__user", "line__partner", "opened_by"
    )
    return cases.get(pk=case_id)


def locked_ruling(ruling_id: int) -> Ruling:
    """Return the decision, locked and read after the lock. Lock its dispute first."""
    return Ruling.objects.select_for_update(of=("self",)).get(pk=ruling_id)
