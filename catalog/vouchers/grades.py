"""How sensitive the fields of rewards and shared links are."""

from marketplace.core.grades import Grade, graded

graded("vouchers.ShareLink", {Grade.L2: "id public_id owner code created_at"})
graded("vouchers.Arrival", {Grade.L2: "id link newcomer arrived_at"})
graded("vouchers.Reward", {Grade.L2: "id public_id person kind voucher booking arrival given_at"})
