"""How sensitive the fields are: that a booking had to be changed, never why anybody came."""

from marketplace.core.grades import Grade, graded

graded(
    "rerouting.Rerouting",
    {Grade.L2: "id public_id booking told_at decide_by outcome decided_at decided_by"},
)
