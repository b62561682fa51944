"""How sensitive the fields of reports are; who told something is as sensitive as what was told."""

from marketplace.core.grades import Grade, graded

graded(
    "reports.Report",
    {
        Grade.L4: "about words name contact",
        Grade.L3: "worry how_soon reporter_mark wishes_contact is_shown",
        Grade.L2: "id public_id digest reporter_id written_at latest_at seen_at erased_at",
    },
)
graded("reports.ReportEntry", {Grade.L4: "text", Grade.L2: "id public_id report side written_by written_at"})
