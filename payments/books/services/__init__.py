"""Writes of the books, one function per use case."""

from payments.books.services.billing import book_due_bills, fetch_bill, open_due_bills
from payments.books.services.caring import close_incident, take_incident
from payments.books.services.confirming import confirm, decline, withdraw
from payments.books.services.proposing import propose_for_difference, propose_for_incident, propose_for_refund
from payments.books.services.returning import retry_suspense_return, return_due, send_suspense_return

__all__ = [
    "book_due_bills",
    "close_incident",
    "confirm",
    "decline",
    "fetch_bill",
    "open_due_bills",
    "propose_for_difference",
    "propose_for_incident",
    "propose_for_refund",
    "retry_suspense_return",
    "return_due",
    "send_suspense_return",
    "take_incident",
    "withdraw",
]
