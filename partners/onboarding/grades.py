"""How sensitive the fields of onboarding are: organisations are public, who signs and works there is personal."""

from marketplace.core.grades import Grade, graded

graded(
    "onboarding.Application",
    {
        Grade.L4: "reasons",
        Grade.L3: "signer_name signer_position signer_phone is_legal_representative",
        Grade.L2: """
            id public_id kind applicant state step version created_at saved_at name credit_code district address
            public_phone introduction submitted_at answer_by asked_at reminded_at taken_by proposes_approval proposed_by
            proposed_at decided_by decided_at closed_at partner
        """,
    },
)
graded(
    "onboarding.ApplicationVersion",
    {Grade.L4: "content", Grade.L2: "id public_id application number submitted_by submitted_at"},
)
graded("onboarding.ApplicationEvent", {Grade.L2: "id application kind version by at"})
graded(
    "onboarding.Person",
    {
        Grade.L3: """
            name title degree training_hours practice_hours registered_with registration_number supervision
            years_of_practice
        """,
        Grade.L2: "id public_id application",
    },
)
graded(
    "onboarding.Paper",
    {
        Grade.L2: """
            id public_id application kind person file number issued_by valid_from_on valid_until_on added_by added_at
            replaced_at
        """,
    },
)
graded("onboarding.Check", {Grade.L2: "id application version item result checked_by checked_at"})
graded(
    "onboarding.Question",
    {Grade.L4: "text answer", Grade.L2: "id public_id application step asked_by asked_at answered_at"},
)
graded("onboarding.AgreementText", {Grade.L1: "id kind version title body duties digest effective_at"})
graded(
    "onboarding.Agreement",
    {
        Grade.L3: "signed_name signed_position",
        Grade.L2: """
            id public_id application partner text digest signed_by signed_at countersigned_by countersigned_at ended_at
        """,
    },
)
