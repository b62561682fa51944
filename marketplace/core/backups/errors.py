"""Why a backup was not taken, believed or restored; each names the file or table."""


class BackupFault(Exception):
    """Something is wrong with a backup or with the place it goes to."""


class NotWhole(BackupFault):
    """A file of the backup is missing, cut, changed, not one of its own, or sealed with another key."""


class NotEmpty(BackupFault):
    """The database or folder to restore into holds something already."""


class ProgramFailed(BackupFault):
    """pg_dump or pg_restore ended with an error."""


class NotAsItWas(BackupFault):
    """What was restored is not what was backed up."""
