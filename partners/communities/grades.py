"""How sensitive the fields of communities are: what they plan is public; who comes is known by a number only."""

from marketplace.core.grades import Grade, graded

graded(
    "communities.Activity",
    {
        Grade.L1: """
            id public_id partner title summary description need audience district address starts_at ends_at capacity
            taken came state version created_at published_at cancelled_at is_example
        """,
        Grade.L2: "fund fund_asked_at fund_opened_at",
    },
)
graded("communities.NeededResource", {Grade.L2: "id activity kind quantity note"})
graded("communities.ActivityVersion", {Grade.L2: "id public_id activity number content written_by written_at"})
graded(
    "communities.SignUp",
    {Grade.L2: "id public_id activity person number seats state asked_at checked_in_at has_answered"},
)
graded("communities.Answer", {Grade.L2: "id activity helpful would_come_again"})
graded(
    "communities.Proposal",
    {
        Grade.L2: """
            id public_id activity number state starts_at ends_at reach budget_fen why_time why_reach written_by is_drafted
            written_at accepted_at
        """,
    },
)
graded("communities.ProposalLine", {Grade.L2: "id proposal kind provider what amount_fen why"})
graded("communities.Campaign", {Grade.L2: "id public_id title text need district sent_by sent_at"})
graded("communities.Invitation", {Grade.L2: "id public_id campaign partner seen_at"})
graded("communities.InvitationChoice", {Grade.L2: "id partner wants_none unwanted_needs changed_at"})
