-- An import whose files are being analysed.
-- $1 files   $2 what is shown until there is a preview
INSERT INTO import (school_id, state, author_id, day, stamps, files, preview,
                    lines, anomalies, people)
VALUES (acquis.school(), 'analysing', acquis.person(), current_date, '{}',
        $1::jsonb, $2::json, '[]', '[]', '')
RETURNING id;
