"""The open interface: what a partner's own programs may read and do, FHIR for care systems, and news sent to them."""
