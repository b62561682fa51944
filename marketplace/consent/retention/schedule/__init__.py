"""The retention table: what kind of record is kept for how long, from when, and why.

The one place that knows the periods; the apps that hold the rows name a row of this table and say which of their
rows it covers. It is our reading of the law and has to be confirmed by a lawyer. A class whose data the platform
does not hold yet is declared here too, so that the table people read is whole and nothing starts without a period.
"""

from .proof import PROOF
from .records import HALF_A_YEAR, THREE_YEARS, Holder, RecordClass
from .trade import TRADE
from .words import WORDS

__all__ = ["BY_KEY", "HALF_A_YEAR", "RECORD_CLASSES", "THREE_YEARS", "Holder", "RecordClass"]

RECORD_CLASSES: tuple[RecordClass, ...] = (*TRADE, *WORDS, *PROOF)

BY_KEY: dict[str, RecordClass] = {record.key: record for record in RECORD_CLASSES}
