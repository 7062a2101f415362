-- New codes on paper.
-- $1 their digests
SELECT acquis.factor_renew($1::bytea[]) AS done;
