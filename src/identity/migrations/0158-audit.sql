-- Why: what operators read of personal data and what they change is noted in a hash chain, so that
-- a row that is changed, removed or added behind the program's back is found and located.
-- Locks: none on existing tables. Takes: milliseconds.
create table identity.audit (
  number int8 primary key check (number > 0),
  operator_id text not null,
  -- The operator's roles at that moment, sorted, joined by a comma.
  roles text not null,
  -- The name of the route in the table of roles and actions.
  action text not null,
  -- Whom or what it was about: an id, or * for a list.
  subject text not null,
  reason text,
  -- read, done, or the code of the refusal.
  outcome text not null,
  at timestamptz not null,
  -- SHA-256, hex, of the row before; unique: the chain never forks.
  previous text not null unique,
  -- SHA-256, hex, over everything else in this row.
  hash text not null
);

-- The last row there is: a last row that is missing is noticed.
create table identity.audit_head (
  id text primary key check (id = 'head'),
  number int8 not null,
  hash text not null,
  row_version int8 not null
);

-- Rows are added, never changed; the head moves with them.
grant select, insert on identity.audit to coffer_app;
grant select, insert, update on identity.audit_head to coffer_app;
grant select on identity.audit, identity.audit_head to coffer_reader;
