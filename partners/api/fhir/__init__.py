"""FHIR R4, read only: who gives care, what for, when they are free, and what is booked. Never a name of who comes."""
