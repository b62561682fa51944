"""How sensitive the fields of notes are."""

from marketplace.core.grades import Grade, graded

graded(
    "notes.SessionNote",
    {
        Grade.L4: "body",
        Grade.L2: "id public_id booking child provider held_at revision started_at saved_at signed_at",
    },
)
graded("notes.NoteAddendum", {Grade.L4: "body", Grade.L2: "id public_id note added_at"})
