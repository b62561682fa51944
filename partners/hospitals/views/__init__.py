"""Pages of whoever writes a referral, and of the hospital it goes to."""
