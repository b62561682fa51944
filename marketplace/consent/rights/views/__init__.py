"""Pages of data rights: the person's own, the certificate, and our staff's."""
