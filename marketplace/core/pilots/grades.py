"""How sensitive pilots are: they are public."""

from marketplace.core.grades import Grade, graded

graded(
    "pilots.Pilot",
    {Grade.L1: "id slug title purpose districts evaluated_by begins_on ends_on stopped_at opened_at"},
)
