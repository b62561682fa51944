"""How sensitive the fields of referral letters are: that there is one says much."""

from marketplace.core.grades import Grade, graded

graded(
    "hospitals.ReferralLetter",
    {
        Grade.L4: "words answer",
        Grade.L3: "is_urgent state",
        Grade.L2: "id public_id child provider hospital sent_at accepted_at accepted_by ended_at",
    },
)
