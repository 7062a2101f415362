-- Take the next number of the school's feed, in commit order: the row stays
-- locked until the transaction ends.  It orders the chain of revisions too.
UPDATE school o
   SET partner_rev = o.partner_rev + 1
 WHERE o.school_id = acquis.school()
RETURNING o.partner_rev;
