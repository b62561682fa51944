"""Pages of people who complain (`public`) and of our staff who look into it (`desk`)."""
