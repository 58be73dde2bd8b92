-- Why: what the guard remembers of devices and networks, the published policies, every decision
-- with its facts, and what became known of payments later. Holders' profiles have no table here:
-- the composition keeps them in the row of their wallet account.
-- Locks: none on existing tables. Takes: milliseconds.
create schema risk;

create table risk.profile (
  id text primary key,
  profile bytea not null,
  row_version int8 not null
);
-- Compressing a few hundred bytes costs more than it saves.
alter table risk.profile alter column profile set storage external;

create table risk.policy (
  id text primary key check (id = 'active'),
  name text not null,
  version text not null,
  document jsonb not null,
  published_at timestamptz not null,
  published_by text not null,
  row_version int8 not null
);

create table risk.policy_version (
  version text not null,
  name text not null,
  document jsonb not null,
  published_at timestamptz not null,
  published_by text not null
);
create index policy_version_by_version on risk.policy_version (version);

create table risk.decision (
  id text primary key,
  step text not null,
  customer_id text not null,
  subject text not null,
  at timestamptz not null,
  outcome text not null check (outcome in ('allow', 'challenge', 'hold', 'deny')),
  score integer not null check (score between 0 and 100),
  level text not null check (level in ('normal', 'elevated', 'highest')),
  rule_hits int8 not null,
  policy_version text not null,
  facts bytea not null,
  amount int8
);
create index decision_by_customer on risk.decision (customer_id, at);
-- A payment carries its decision's id itself.
create index decision_by_subject on risk.decision (subject)
  where subject <> '' and step <> 'payment';
create index decision_by_time on risk.decision using brin (at) with (pages_per_range = 32);

create table risk.label (
  subject text not null,
  label text not null check (label in ('theft', 'scam', 'honest', 'inconclusive')),
  known_at timestamptz not null,
  by text not null,
  reason text not null
);
create index label_by_subject on risk.label (subject, known_at);

grant usage on schema risk to coffer_app, coffer_reader;
grant select, insert, update on risk.profile, risk.policy to coffer_app;
-- Decisions, labels and published versions are never changed.
grant select, insert on risk.decision, risk.label, risk.policy_version to coffer_app;
grant select on all tables in schema risk to coffer_reader;
