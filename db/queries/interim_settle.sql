-- Tell partners: the number of the feed of what changed.
-- $1 interim assessment
SELECT acquis.interim_settle($1::bigint) AS partner_rev;
