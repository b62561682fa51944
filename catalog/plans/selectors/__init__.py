"""Reads of plans. Whether a plan may be seen is asked of consent; what is read here is not yet shown."""

from .carers import (
    PathwayNumbers,
    bookable_services,
    children_in_care,
    is_in_care,
    live_plan_of,
    may_see_plan,
    pathway_numbers,
    plan_of_carer,
    plans_of,
)
from .families import family_children, plan_of_family, plans_of_family, step_of_family, versions_of
from .steps import free_times, last_day_for, plans_due_for_review, promised_steps, whole_plans

__all__ = [
    "PathwayNumbers",
    "bookable_services",
    "children_in_care",
    "free_times",
    "is_in_care",
    "last_day_for",
    "live_plan_of",
    "may_see_plan",
    "family_children",
    "pathway_numbers",
    "plan_of_carer",
    "plan_of_family",
    "plans_of",
    "plans_of_family",
    "promised_steps",
    "step_of_family",
    "plans_due_for_review",
    "versions_of",
    "whole_plans",
]
