-- Why: how often somebody was asked "is this you?", so that nobody is worn down by it.
-- Locks: none on existing tables. Takes: milliseconds.
create table identity.challenge_count (
  id text primary key,
  opened integer not null check (opened >= 0),
  since timestamptz not null,
  row_version int8 not null
);
grant select, insert, update on identity.challenge_count to coffer_app;
