"""How sensitive the fields of messages are."""

from marketplace.core.grades import Grade, graded

graded(
    "talk.BookingMessage",
    {Grade.L4: "words", Grade.L2: "id public_id booking person is_from_family author sent_at read_at"},
)
