"""Writes of wellbeing, one module per subject."""
