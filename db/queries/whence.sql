-- Where a request that writes comes from, for its traces.
-- $1 address   $2 request id
SELECT set_config('acquis.address', coalesce($1, ''), true),
       set_config('acquis.request', coalesce($2, ''), true);
