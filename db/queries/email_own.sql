-- One's own addresses.
SELECT own, given, pending FROM acquis.email_own();
