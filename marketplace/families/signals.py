"""What families announce, inside the transaction that makes it true."""

from django.dispatch import Signal

#: guardianship (families.Guardianship, ended): what only this guardianship allowed is over.
guardianship_ended = Signal()
#: child (families.Child), age (int: 14, 16 or 18): the rules of this age hold from today.
came_of_age = Signal()
#: invitation (families.Invitation, accepted): somebody joined a family.
invitation_accepted = Signal()
