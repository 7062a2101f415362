-- Cancel what is under way of an import, or let go of its preview.
-- $1 import
SELECT acquis.import_cancel($1::bigint);
