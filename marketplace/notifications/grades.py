"""How sensitive the fields of messages are. Their texts are neutral, but they say who was told something."""

from marketplace.core.grades import Grade, graded

graded(
    "notifications.Message",
    {
        Grade.L3: "address subject body url",
        Grade.L2: """
            id public_id recipient channel key status attempts next_attempt_at created_at sent_at
            read_at
        """,
    },
)
