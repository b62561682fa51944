"""How sensitive the fields of the waiting list are: what is waited for says what is needed."""

from marketplace.core.grades import Grade, graded

graded(
    "waitlist.WaitlistEntry",
    {
        Grade.L3: "service need_band needed_by unmet_at",
        Grade.L2: """
            id public_id provider joined_by children with_guardian modes weekdays from_time to_time from_on to_on
            state joined_at ended_at lapses
        """,
    },
)
graded(
    "waitlist.WaitlistOffer",
    {Grade.L2: "id public_id entry state starts_at ends_at mode offered_at expires_at answered_at"},
)
graded("waitlist.OfferedPlace", {Grade.L2: "id offer booking"})
