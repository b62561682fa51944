"""How sensitive approvals are: they are public, and no person is in them."""

from marketplace.core.grades import Grade, graded

graded(
    "model_register.Approval",
    {
        Grade.L1: """
            id model version number board conditions approved_on valid_until_on recorded_at withdrawn_at
            withdrawn_because
        """
    },
)
