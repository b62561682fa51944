"""How sensitive the fields of consent are."""

from marketplace.core.grades import Grade, graded

graded(
    "consent.Consent",
    {
        Grade.L3: "grantee_label items records purpose",
        Grade.L2: """
            id public_id child grantee_kind grantee_id valid_from valid_until needs text_version created_at
        """,
    },
)
graded("consent.ConsentEvent", {Grade.L2: "id consent kind given_as by at"})
# An index over the ledger, for the door alone: the grant it follows has the grade and the public_id.
# An index of the ledger: codes, ids and moments that say nothing without the consent they lead to.
graded(
    "consent.StandingConsent",
    {Grade.L2: "id consent child grantee_id purpose item record begins_at ends_at is_live"},
)
graded(
    "consent.SafetyOverride",
    {
        Grade.L4: "reason danger_reason review_note",
        Grade.L3: "items is_telling_dangerous outcome",
        Grade.L2: """
            id public_id child hours opened_by opened_at approved_by approved_at expires_at refused_at told_at
            review_due_at reviewed_by reviewed_at
        """,
    },
)
