"""How sensitive oversight's own rows are: figures of many people, and agreements between organisations."""

from marketplace.core.grades import Grade, graded

graded(
    "oversight.SignedReport",
    {Grade.L2: "id kind from_on until_on content pdf content_digest pdf_digest signature key_id made_at"},
)
graded("oversight.Accord", {Grade.L2: "id slug title version signed_on ends_on"})
graded("oversight.AccordDuty", {Grade.L2: "id accord party what owner evidence"})
