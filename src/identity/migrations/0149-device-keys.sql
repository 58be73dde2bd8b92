-- Why: devices sign what they approve; a session's token can be exchanged for a new one.
-- Locks: identity.session, briefly (a column without default). Takes: milliseconds.
create table identity.device_key (
  id text primary key,
  customer_id text not null,
  public_key text not null,
  added_at timestamptz not null,
  row_version int8 not null
);
alter table identity.session add column replaced_by text;

grant select, insert, update on identity.device_key to coffer_app;
