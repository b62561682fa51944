"""Pages for those who oversee us: they read figures, and nothing about anybody. Nothing here writes."""
