"""The clinic portal: today, the week, what is offered, hours, parcels."""
