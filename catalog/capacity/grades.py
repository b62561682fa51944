"""How sensitive the counts are: no person is in them."""

from marketplace.core.grades import Grade, graded

graded("capacity.Exposure", {Grade.L1: "id product on times"})
