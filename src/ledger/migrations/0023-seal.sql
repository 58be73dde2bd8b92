-- Why: the journal is sealed in a hash chain, some time after it was written, so that what is
-- changed, removed or added behind the program's back is found and located.
-- Locks: none on existing tables. Takes: milliseconds.
create table ledger.seal (
  number int8 primary key,
  -- The numbers it covers: from the seal before it on, without a hole.
  from_entry int8 not null,
  to_entry int8 not null,
  entries integer not null check (entries > 0),
  -- SHA-256 over the SHA-256 of each entry with its postings and details, in their order.
  digest bytea not null,
  -- Per entry: its number, counted from from_entry (4 bytes), and the first 8 bytes of its SHA-256.
  -- They prove nothing: they tell which entry it was when the digest does not fit any more.
  leaves bytea not null,
  -- SHA-256 over the chain value of the seal before it and everything in this row.
  chain bytea not null,
  sealed_at timestamptz not null,
  check (from_entry <= to_entry)
);
alter table ledger.seal alter column leaves set storage external;

-- The last seal there is: who seals holds this row, and a last seal that is missing is noticed.
create table ledger.seal_head (
  id boolean primary key default true check (id),
  number int8 not null,
  to_entry int8 not null,
  chain bytea not null
);
insert into ledger.seal_head values (true, 0, -1, sha256('coffer journal'));

-- Seals are added, never changed; the head moves with them.
grant select, insert on ledger.seal to coffer_app;
grant select, update on ledger.seal_head to coffer_app;
grant select on ledger.seal, ledger.seal_head to coffer_reader;
