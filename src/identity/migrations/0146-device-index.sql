-- Why: who else was seen on a device, asked when one of its users turns out to be a mule.
-- Locks: `identity.device` against writing while the index is built. Takes: 2 s per million rows.
create index device_by_device on identity.device (device_id);
