"""What is allowed in wellbeing, one module per subject."""
