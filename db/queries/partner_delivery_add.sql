-- Keep a receipt, unless there is one with that key.
-- $1 key   $2 SHA-256 of the body   $3 body
INSERT INTO partner_delivery (school_id, access_id, key, request, body)
VALUES (acquis.school(), acquis.access(), $1, $2::bytea, $3::jsonb)
    ON CONFLICT ON CONSTRAINT partner_delivery_is_one DO NOTHING;
