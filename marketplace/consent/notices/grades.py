"""How sensitive the fields of impact assessments are: they speak of risks, not of a person."""

from marketplace.core.grades import Grade, graded

graded(
    "notices.ImpactAssessment",
    {Grade.L2: "id activity assessed_on next_due_on risks measures residual_risk assessed_by created_at"},
)
