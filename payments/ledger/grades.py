"""How sensitive the ledger's fields are: amounts and keys, nobody's name."""

from marketplace.core.grades import Grade, graded

graded(
    "ledger.JournalEntry",
    {Grade.L2: "id key kind payable_kind payable_id occurred_at posted_at reverses decided_by"},
)
graded("ledger.Leg", {Grade.L2: "id entry account owner amount_fen"})
