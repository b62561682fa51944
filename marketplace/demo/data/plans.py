"""The demo's plan."""

from payments.subscriptions.enums import Benefit

CODE, NAME, NAME_EN = "family", "家庭会员", "Family plan"
AMOUNT_FEN = 39_800
BENEFITS = (Benefit.COURSES, Benefit.REPORTS)
SESSIONS, SESSION_UNIT_FEN = 1, 36_000
#: Who is on the second day of a trial, and who is in the second week of a month.
TRIES, HAS = "he", "chen"
