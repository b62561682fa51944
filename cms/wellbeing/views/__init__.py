"""Pages of wellbeing: one module per subject (moods, diary, check-ins; practices, games, the plan)."""
