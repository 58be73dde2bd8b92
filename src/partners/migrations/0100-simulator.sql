-- Why: the partners' own books, kept by their simulators apart from ours: what the carrier, the
--   bank, the fund manager and the insurer would say. Only coffer_simulator writes here, only
--   coffer_reader looks in (coffer verify); the server's own role sees nothing of it.
-- Locks: none; everything is new.
-- How long: milliseconds.
create schema partners;

create table partners.fault (
  partner text primary key,
  fault text not null
);
comment on table partners.fault is 'A partner that is out of order, and how; absent: it works.';

create table partners.phone (
  number text primary key,
  sim_changed_at timestamptz,
  device_changed_at timestamptz,
  sim_serial integer not null default 1,
  sim_held_by text,
  forwarded_to text
);
comment on table partners.phone is 'Numbers with something to tell; any other is ordinary.';
comment on column partners.phone.sim_held_by is 'Inbox of who holds the SIM; null: the owner.';

create table partners.sms (
  number int8 generated always as identity primary key,
  reference text not null unique,
  message_id text not null,
  phone text not null,
  inbox text not null,
  content text not null,
  sent_at timestamptz not null,
  delivered_at timestamptz
);
create index sms_by_phone on partners.sms (phone, sent_at);
create index sms_by_inbox on partners.sms (inbox, number);

create table partners.bank_account (
  number text primary key,
  is_own boolean not null,
  holder text not null,
  balance int8 not null default 0,
  lowest int8,
  closed boolean not null default false,
  opened_at timestamptz not null,
  check (balance >= lowest)
);
comment on table partners.bank_account is 'All balances sum to zero: the world is an account too.';
comment on column partners.bank_account.lowest is 'Least allowed balance in fen; null: no limit.';

create table partners.bank_movement (
  sequence int8 generated always as identity primary key,
  reference text not null unique,
  kind text not null,
  from_account text not null,
  to_account text not null,
  amount int8 not null check (amount > 0),
  status text not null check (status in ('settled', 'refused', 'returned')),
  refusal text check ((refusal is not null) = (status = 'refused')),
  at timestamptz not null
);
create index bank_movement_out on partners.bank_movement (from_account, sequence);
create index bank_movement_in on partners.bank_movement (to_account, sequence);

-- One transfer in one round trip: once per reference, decided and written together. The row of the
-- reference comes first, so a second caller waits there and is told the first one's outcome.
create function partners.bank_post(
  p_reference text, p_kind text, p_from text, p_to text,
  p_amount int8, p_at timestamptz, p_refusal text
) returns setof partners.bank_movement language plpgsql as $$
declare
  movement partners.bank_movement;
  payer partners.bank_account;
  payee partners.bank_account;
  reason text := p_refusal;
begin
  insert into partners.bank_movement
    (reference, kind, from_account, to_account, amount, status, at)
  values (p_reference, p_kind, p_from, p_to, p_amount, 'settled', p_at)
  on conflict (reference) do nothing
  returning * into movement;
  if not found then
    return query select * from partners.bank_movement where reference = p_reference;
    return;
  end if;
  -- In the order of their numbers: transfers in opposite directions cannot deadlock.
  perform 1 from partners.bank_account where number in (p_from, p_to) order by number for update;
  select * into payer from partners.bank_account where number = p_from;
  select * into payee from partners.bank_account where number = p_to;
  reason := coalesce(reason, case
    when payer.number is null or payee.number is null then 'account_not_found'
    when payer.closed or payee.closed then 'account_closed'
    when payer.balance - p_amount < payer.lowest then 'insufficient_funds'
  end);
  if reason is null then
    update partners.bank_account set balance = balance - p_amount where number = p_from;
    update partners.bank_account set balance = balance + p_amount where number = p_to;
  else
    update partners.bank_movement set status = 'refused', refusal = reason
    where reference = p_reference
    returning * into movement;
  end if;
  return next movement;
end
$$;

-- Opens a customer's account with money from outside; an account that is there stays as it is.
create function partners.bank_open(
  p_number text, p_holder text, p_balance int8, p_at timestamptz
) returns void language plpgsql as $$
begin
  insert into partners.bank_account (number, is_own, holder, lowest, opened_at)
  values (p_number, false, p_holder, 0, p_at)
  on conflict (number) do nothing;
  if found and p_balance > 0 then
    perform partners.bank_post(
      'opening:' || p_number, 'opening', 'outside', p_number, p_balance, p_at, null);
  end if;
end
$$;

create table partners.fund_submission (
  reference text primary key,
  dealing_day date not null,
  subscriptions int8 not null check (subscriptions >= 0),
  redemptions int8 not null check (redemptions >= 0),
  submitted_at timestamptz not null
);
create index fund_submission_by_day on partners.fund_submission (dealing_day);

create table partners.fund_dealing_day (
  dealing_day date primary key,
  confirmation_day date not null,
  status text not null check (status in ('confirmed', 'rejected')),
  subscriptions int8 not null,
  redemptions int8 not null,
  confirmed_at timestamptz not null
);

create table partners.fund_day (
  day date primary key,
  units int8 not null,
  income int8 not null,
  declared_at timestamptz not null
);
comment on table partners.fund_day is 'Declared income; earns itself from the next day on.';

create table partners.fund_planned_day (
  day date primary key,
  rate int8,
  income int8,
  check ((rate is null) <> (income is null))
);
comment on table partners.fund_planned_day is 'Days set by hand, before they are declared.';
comment on column partners.fund_planned_day.rate is
  'Income of 10,000 units, in ten-thousandths of a yuan.';

create table partners.insurer_cover (
  reference text primary key,
  starts_on date not null,
  ends_on date not null,
  per_event_limit int8 not null,
  aggregate_limit int8 not null,
  deductible int8 not null,
  premium_per_million int8 not null,
  bound_at timestamptz not null
);

create table partners.insurer_premium (
  reference text primary key,
  cover_id text not null references partners.insurer_cover (reference),
  month text not null,
  accounts int8 not null,
  amount int8 not null,
  noticed_at timestamptz not null
);

create table partners.insurer_claim (
  claim_id text primary key,
  cover_id text not null references partners.insurer_cover (reference),
  lost_on date not null,
  amount int8 not null check (amount > 0),
  evidence text not null,
  verdict text not null check (verdict in ('approved', 'declined', 'undecided')),
  approved int8 not null default 0 check (approved >= 0 and approved <= amount),
  reason text,
  notified_at timestamptz not null,
  paid_at timestamptz
);
create index insurer_claim_by_cover on partners.insurer_claim (cover_id);

grant usage on schema partners to coffer_simulator, coffer_reader;
grant select, insert, update on all tables in schema partners to coffer_simulator;
grant delete on partners.fault, partners.fund_planned_day to coffer_simulator;
grant select on all tables in schema partners to coffer_reader;
revoke execute on all functions in schema partners from public;
grant execute on all functions in schema partners to coffer_simulator;
