-- Why: who closed an account or opened it again, when, and why: one row for each act.
-- Locks: none on existing tables. Takes: milliseconds.
create table ledger.account_act (
  account text not null,
  number int8 not null,
  act text not null check (act in ('closed', 'reopened')),
  by text not null,
  reason text not null,
  at timestamptz not null,
  primary key (account, number)
);

-- History is added to, never changed.
grant select, insert on ledger.account_act to coffer_app;
grant select on ledger.account_act to coffer_reader;
