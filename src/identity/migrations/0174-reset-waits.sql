-- Why: a reset by ID number and text alone waits a day, while all of the customer's devices know of
--   it; it ends when he signs in or freezes.
-- Locks: none; everything is new. Takes: milliseconds.
create table identity.reset_wait (
  id text primary key,
  opened_at timestamptz not null,
  used_at timestamptz,
  row_version int8 not null
);
comment on table identity.reset_wait is 'By customer and device (cus_…/dev_…): the last wait.';

grant select, insert, update on identity.reset_wait to coffer_app;
