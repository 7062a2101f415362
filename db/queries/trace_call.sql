-- A trace of a partner's call.
-- $1 path of the route   $2 address
INSERT INTO trace (school_id, kind, act, access_id, page, address, request_id)
VALUES (acquis.school(), 'pedagogy', 'call', acquis.access(), $1, $2::inet,
        nullif(current_setting('acquis.request', true), ''));
