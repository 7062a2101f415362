-- One knows a device.
-- $1 device
SELECT acquis.device_notice($1::bigint) AS done;
