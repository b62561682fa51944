"""How an item is shown: its parts in order, who reads, and the printed page."""
