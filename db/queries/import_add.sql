-- Keep a preview and its files.
-- $1 day   $2 stamps   $3 files   $4 preview   $5 lines   $6 anomalies
-- $7 SHA-256 of the people
-- $8 to $12 staff, learners, guardians, labels, structures: as sent
INSERT INTO import (school_id, state, author_id, day, stamps, files, preview,
                    lines, anomalies, people, staff, learners, guardians,
                    labels, structures)
VALUES (acquis.school(), 'previewed', acquis.person(), $1::date, $2::jsonb,
        $3::jsonb, $4::json, $5::json, $6::json, $7::bytea, $8::bytea,
        $9::bytea, $10::bytea, $11::bytea, $12::bytea)
RETURNING id;
