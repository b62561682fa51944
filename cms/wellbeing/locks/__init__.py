"""Row locks of wellbeing, one module per subject."""
