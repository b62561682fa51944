"""What people write in wellbeing, one module per subject."""
