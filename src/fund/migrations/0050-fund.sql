-- Why: orders, dealing days, fund days with their income, and money under way between our banks.
-- Locks: none; everything is new. Takes: milliseconds.
create schema fund;

create table fund.order (
  id text primary key,
  customer_id text not null,
  kind text not null check (kind in ('subscription', 'fast_redemption', 'normal_redemption')),
  -- Fen, and hundredths of a unit: a unit is always one yuan.
  amount int8 not null check (amount > 0),
  state text not null check (state in (
    'accepted', 'advanced', 'confirmed', 'paid', 'settled', 'rejected',
    'challenged', 'denied', 'lapsed')),
  placed_at timestamptz not null,
  dealing_day text not null,
  confirmation_day text not null,
  -- The payment it was made for: paying from the fund.
  payment_id text,
  decision_id text,
  expires_at timestamptz,
  -- When the fund's answer was booked, and when it was over for us.
  confirmed_at timestamptz,
  ended_at timestamptz,
  row_version int8 not null
);
comment on table fund.order is 'A customer''s wish to move money into or out of the fund.';
create index order_by_customer on fund.order (customer_id, placed_at desc, id);
create index order_by_dealing_day on fund.order (dealing_day, id);
create index order_by_placed on fund.order (placed_at);
create index order_advanced on fund.order (dealing_day, id) where state = 'advanced';
create index order_by_confirmed on fund.order (confirmed_at) where confirmed_at is not null;

create table fund.holder (
  id text primary key,
  subscription_date text not null,
  subscribed_on_date int8 not null check (subscribed_on_date >= 0),
  row_version int8 not null
);
comment on table fund.holder is 'What a customer has subscribed on one local day, for the cap.';

create table fund.dealing_day (
  id text primary key,
  state text not null check (state in (
    'closed', 'collected', 'submitted', 'confirming', 'confirmed', 'paying', 'paid',
    'rejecting', 'rejected')),
  confirmation_day text not null,
  subscriptions int8 not null check (subscriptions >= 0),
  redemptions int8 not null check (redemptions >= 0),
  fast int8 not null check (fast >= 0),
  bank_income int8 not null check (bank_income >= 0),
  closed_at timestamptz not null,
  submitted_at timestamptz,
  confirmed_at timestamptz,
  fast_settled_at timestamptz,
  paid_at timestamptz,
  row_version int8 not null
);
comment on column fund.dealing_day.fast is 'Advanced redemptions that the fund pays for this day.';
comment on column fund.dealing_day.bank_income is 'Income of the bank, redeemed with its units.';

create table fund.day (
  id text primary key,
  state text not null check (state in ('declared', 'crediting', 'credited')),
  income_fen int8 not null,
  -- Units the manager says have earned, and ours: hundredths.
  manager_units int8 not null,
  units int8,
  per_10k int8,
  yield_7d int8,
  holders integer,
  chunks integer,
  chunks_done integer not null,
  credited_fen int8 not null,
  declared_at timestamptz not null,
  credited_at timestamptz,
  row_version int8 not null,
  -- The day's income is credited to the fen, or the day is not yet credited.
  check (state <> 'credited' or (credited_fen = income_fen and chunks_done = chunks))
);
comment on column fund.day.per_10k is 'Income of 10,000 units, in 0.0001 yuan; null without units.';
comment on column fund.day.yield_7d is '7-day annualised yield in 0.001 percent.';

create table fund.income (
  customer_id text not null,
  date text not null,
  units int8 not null,
  amount int8 not null check (amount <> 0),
  at timestamptz not null,
  primary key (customer_id, date)
);
create index income_by_date on fund.income (date);

create table fund.transfer (
  id text primary key,
  number int8 not null unique,
  from_account text not null,
  to_account text not null,
  amount int8 not null check (amount > 0),
  state text not null check (state in ('due', 'moved')),
  attempt integer not null check (attempt >= 1),
  created_at timestamptz not null,
  moved_at timestamptz,
  row_version int8 not null,
  check ((state = 'moved') = (moved_at is not null))
);
comment on table fund.transfer is 'Money booked as moved between our banks, and whether it has.';
create index transfer_due on fund.transfer (number) where state = 'due';

grant usage on schema fund to coffer_app, coffer_reader;
grant select, insert, update
  on fund.order, fund.holder, fund.dealing_day, fund.day, fund.transfer to coffer_app;
-- Income once credited is never changed.
grant select, insert on fund.income to coffer_app;
grant select on all tables in schema fund to coffer_reader;
