-- Forget a device of one's own; its sessions end.
-- $1 device
SELECT acquis.device_drop($1::bigint) AS done;
