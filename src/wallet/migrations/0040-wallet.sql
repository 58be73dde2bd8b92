-- Why: payments, top-ups, withdrawals and linked bank accounts.
-- Locks: none on existing tables. Takes: milliseconds.
create schema wallet;

create table wallet.payment (
  id text primary key,
  payer text not null,
  payee text not null,
  payee_kind text not null check (payee_kind in ('person', 'merchant')),
  amount int8 not null check (amount > 0),
  source text not null check (source in ('wallet', 'fund')),
  state text not null
    check (state in ('challenged', 'held', 'posted', 'denied', 'voided', 'recalled')),
  memo text,
  decision_id text not null,
  outcome text not null check (outcome in ('allow', 'challenge', 'hold', 'deny')),
  reasons jsonb,
  hold_id text,
  entry int8,
  device_id text not null,
  network text not null,
  created_at timestamptz not null,
  deadline timestamptz,
  ended_at timestamptz,
  recalled_amount int8 not null check (recalled_amount between 0 and amount),
  row_version int8 not null,
  check (payer <> payee)
);
create index payment_by_payer on wallet.payment (payer, created_at desc);
create index payment_by_payee on wallet.payment (payee, created_at desc);
create index payment_waiting on wallet.payment (deadline) where state in ('challenged', 'held');

create table wallet.bank_account (
  id text primary key,
  customer_id text not null,
  bank_name text not null,
  account_number text not null,
  holder_name text not null,
  linked_at timestamptz not null,
  usable_from timestamptz not null,
  unlinked_at timestamptz,
  row_version int8 not null
);
create unique index bank_account_once on wallet.bank_account (customer_id, account_number)
  where unlinked_at is null;

create table wallet.top_up (
  id text primary key,
  customer_id text not null,
  bank_account_id text not null,
  account_number text not null,
  amount int8 not null check (amount > 0),
  state text not null check (state in ('pending', 'settled', 'failed')),
  refusal text,
  created_at timestamptz not null,
  ended_at timestamptz,
  row_version int8 not null
);
create index top_up_by_customer on wallet.top_up (customer_id, created_at desc);
create index top_up_waiting on wallet.top_up (created_at) where state = 'pending';

create table wallet.withdrawal (
  id text primary key,
  customer_id text not null,
  bank_account_id text not null,
  account_number text not null,
  amount int8 not null check (amount > 0),
  state text not null check (state in ('pending', 'settled', 'returned', 'denied')),
  decision_id text not null,
  reasons jsonb,
  created_at timestamptz not null,
  ended_at timestamptz,
  row_version int8 not null
);
create index withdrawal_by_customer on wallet.withdrawal (customer_id, created_at desc);
create index withdrawal_waiting on wallet.withdrawal (created_at) where state = 'pending';

grant usage on schema wallet to coffer_app, coffer_reader;
grant select, insert, update on all tables in schema wallet to coffer_app;
grant select on all tables in schema wallet to coffer_reader;
