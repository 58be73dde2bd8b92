-- Why: reports of theft, recalls along the chain, claims with their clocks and approvals, the
-- insurer's cover and its premium.
-- Locks: none on existing tables. Takes: milliseconds.
create schema guarantee;

create table guarantee.report (
  id text primary key,
  customer_id text not null,
  reported_at timestamptz not null,
  payment_ids jsonb not null,
  note text,
  disputed int8 not null check (disputed > 0),
  stopped int8 not null check (stopped >= 0),
  lost int8 not null check (lost >= 0),
  claim_id text unique,
  row_version int8 not null,
  check (stopped + lost = disputed)
);
create index report_by_customer on guarantee.report (customer_id, reported_at);

-- A payment is disputed once, whoever reports it: the key says so.
create table guarantee.dispute (
  id text primary key,
  report_id text not null,
  customer_id text not null,
  amount int8 not null check (amount > 0),
  found text not null check (found in ('left', 'on_hold', 'not_moved')),
  at timestamptz not null,
  row_version int8 not null
);
create index dispute_by_report on guarantee.dispute (report_id);

create table guarantee.recall (
  id text primary key,
  report_id text not null,
  claim_id text,
  customer_id text not null,
  payment_id text not null unique,
  payee text not null,
  wanted int8 not null check (wanted > 0),
  secured int8 not null check (secured between 0 and wanted),
  to_insurer int8 not null check (to_insurer between 0 and secured),
  hops integer not null check (hops >= 0),
  state text not null check (state in ('open', 'secured', 'partly_secured', 'ended')),
  started_at timestamptz not null,
  ended_at timestamptz,
  row_version int8 not null,
  check ((state = 'open') = (ended_at is null))
);
create index recall_by_report on guarantee.recall (report_id);
create index recall_open on guarantee.recall (started_at) where state = 'open';

-- Immutable: what was found at each holder along the chain.
create table guarantee.recall_hop (
  recall_id text not null,
  hop integer not null check (hop > 0),
  payee text not null,
  payment_id text not null,
  wanted int8 not null check (wanted >= 0),
  secured int8 not null check (secured between 0 and wanted),
  beneficiary text not null check (beneficiary in ('victim', 'insurer')),
  entry int8,
  at timestamptz not null,
  -- The same money is not asked for twice at the same place.
  primary key (recall_id, payment_id, payee)
);

create table guarantee.claim (
  id text primary key,
  report_id text not null unique,
  customer_id text not null,
  cover_id text,
  lost_on text not null,
  pack text not null,
  pack_version text not null,
  state text not null check (state in ('notified', 'investigating', 'decided', 'second_approval',
    'paid', 'recovering', 'closed', 'declined')),
  principal_lost int8 not null check (principal_lost >= 0),
  recovered int8 not null check (recovered between 0 and principal_lost),
  principal_accepted int8 not null check (principal_accepted >= 0),
  principal_paid int8 not null check (principal_paid between 0 and principal_accepted),
  missed jsonb not null,
  rebuy_order_id text,
  rebought int8 not null check (rebought >= 0),
  earns_from text,
  income_missed int8 check (income_missed >= 0),
  income_paid int8 not null check (income_paid >= 0),
  paid_by_insurer int8 not null check (paid_by_insurer >= 0),
  paid_by_operator int8 not null check (paid_by_operator >= 0),
  reserve int8 not null check (reserve >= 0),
  clocks jsonb not null,
  next_due_at timestamptz,
  evidence jsonb not null,
  decision text check (decision in ('approve', 'decline')),
  maker text,
  maker_reason text,
  decided_at timestamptz,
  checker text,
  checker_reason text,
  checked_at timestamptz,
  opened_at timestamptz not null,
  paid_at timestamptz,
  closed_at timestamptz,
  row_version int8 not null,
  -- Four eyes.
  check (maker <> checker),
  check (state not in ('second_approval', 'paid', 'recovering', 'closed', 'declined')
    or (maker is not null and checker is not null)),
  -- Never more than was lost.
  check (recovered + principal_paid <= principal_lost),
  check (income_paid <= coalesce(income_missed, 0)),
  check (paid_by_insurer + paid_by_operator = principal_paid + income_paid),
  -- Whole when it closes, and it ends exactly once.
  check (state <> 'closed'
    or (recovered + principal_paid = principal_lost and income_paid = income_missed)),
  check ((state in ('closed', 'declined')) = (closed_at is not null))
);
create index claim_by_customer on guarantee.claim (customer_id, opened_at);
create index claim_open on guarantee.claim (next_due_at) where closed_at is null;

-- Immutable: the history of every claim, with the reserve after each step.
create table guarantee.claim_step (
  claim_id text not null,
  from_state text,
  to_state text not null,
  reserve int8 not null check (reserve >= 0),
  by text not null,
  note text not null,
  at timestamptz not null
);
create index claim_step_by_claim on guarantee.claim_step (claim_id, at);

-- Immutable. Four eyes: the same operator twice is refused here, whatever the code does.
create table guarantee.approval (
  claim_id text primary key,
  decision text not null check (decision in ('approve', 'decline')),
  amount int8 not null check (amount >= 0),
  maker text not null,
  maker_reason text not null,
  made_at timestamptz not null,
  checker text not null,
  checker_reason text not null,
  at timestamptz not null,
  constraint approval_needs_two_persons check (maker <> checker)
);

create table guarantee.cover (
  id text primary key,
  insurer text not null,
  starts_on text not null,
  ends_on text not null,
  per_event_limit int8 not null check (per_event_limit > 0),
  aggregate_limit int8 not null check (aggregate_limit > 0),
  deductible int8 not null check (deductible >= 0),
  premium_per_million int8 not null check (premium_per_million >= 0),
  bound_at timestamptz not null,
  row_version int8 not null,
  check (starts_on <= ends_on)
);

create table guarantee.premium (
  id text primary key,
  cover_id text not null,
  month text not null,
  accounts int8 not null check (accounts >= 0),
  amount int8 not null check (amount >= 0),
  state text not null check (state in ('accrued', 'paid')),
  accrued_at timestamptz not null,
  paid_at timestamptz,
  row_version int8 not null,
  check ((state = 'paid') = (paid_at is not null))
);

grant usage on schema guarantee to coffer_app, coffer_reader;
grant select, insert, update on guarantee.recall, guarantee.claim, guarantee.cover,
  guarantee.premium to coffer_app;
-- Never changed once written.
grant select, insert on guarantee.report, guarantee.dispute, guarantee.recall_hop,
  guarantee.claim_step, guarantee.approval to coffer_app;
grant select on all tables in schema guarantee to coffer_reader;
