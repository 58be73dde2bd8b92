-- Why: what only some entries have (effective time, metadata, the entry they reverse) has tables of
-- its own, so that an ordinary payment writes not one byte for it.
-- Locks: none on existing tables. Takes: milliseconds.
create table ledger.entry_detail (
  entry int8 primary key,
  -- When it counts from, where that is before it was written.
  effective_at timestamptz,
  metadata jsonb,
  reverses int8,
  check (num_nonnulls(effective_at, metadata, reverses) > 0)
);
-- An entry is reversed once.
create unique index entry_detail_reverses on ledger.entry_detail (reverses)
  where reverses is not null;

-- What an entry with an effective time came to on each of its accounts: the difference between the
-- balance as it was known at a moment (posting) and as it should have been.
create table ledger.backdated_posting (
  account text not null,
  effective_at timestamptz not null,
  entry int8 not null,
  amount int8 not null check (amount <> 0),
  at timestamptz not null,
  primary key (account, effective_at, entry),
  check (effective_at < at)
);

-- The outcome of the first reversal of an entry: the answer to every further one.
create table ledger.reversal (
  id text primary key,
  entry int8 not null,
  at timestamptz not null,
  row_version int8 not null
);

grant select, insert on ledger.entry_detail, ledger.backdated_posting, ledger.reversal
  to coffer_app;
grant select on ledger.entry_detail, ledger.backdated_posting, ledger.reversal to coffer_reader;
