"""What the demo shows: invented people, places and products. Every name and credential is an example."""
