-- Why: the queue of held payments that wait for an analyst.
-- Locks: none on existing tables. Takes: milliseconds.
create schema cases;

create table cases.review (
  id text primary key,
  payment_id text not null unique,
  customer_id text not null,
  amount int8 not null check (amount > 0),
  score integer not null check (score between 0 and 100),
  decision_id text,
  state text not null check (state in ('open', 'released', 'voided', 'expired')),
  opened_at timestamptz not null,
  deadline timestamptz not null,
  ended_at timestamptz,
  decided_by text,
  label text check (label in ('confirmed_theft', 'false_alarm', 'inconclusive')),
  reason text,
  row_version int8 not null,
  -- It has ended exactly when it is no longer open, and always with a reason.
  check ((state = 'open') = (ended_at is null)),
  check (state = 'open' or reason is not null),
  -- Money goes on only by a person's word; a person's word always has a label.
  check (state <> 'released' or decided_by is not null),
  check ((decided_by is null) = (label is null))
);
create index review_open on cases.review (deadline) where state = 'open';
create index review_by_customer on cases.review (customer_id, opened_at);
create index review_by_time on cases.review (opened_at);

grant usage on schema cases to coffer_app, coffer_reader;
grant select, insert, update on cases.review to coffer_app;
grant select on all tables in schema cases to coffer_reader;
