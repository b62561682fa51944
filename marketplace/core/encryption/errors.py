"""What can go wrong between a sealed field and its key; each is a fault of the code, the data or the key service."""


class EncryptionFault(Exception):
    """A sealed value could not be written, read or asked for."""


class NotSearchable(EncryptionFault):
    """A query compares or sets a sealed column; the database cannot see into it."""


class NoSubject(EncryptionFault):
    """The person a value is about cannot be named, so there is no key to seal it with."""


class KeyDestroyed(EncryptionFault):
    """The subject's key was destroyed: nothing is written about them any more."""


class CannotOpen(EncryptionFault):
    """A ciphertext does not belong where it stands, was changed, or its key is not there."""


class PlainTextNotPickled(EncryptionFault):
    """A text that was not saved yet would leave the process in clear."""


class JournalBroken(EncryptionFault):
    """The list of destroyed keys outside the database was changed or cut."""
