-- Why: a policy is a draft, decides in the shadow, is backtested, and is published by a second
-- person; what a shadow policy would have decided is kept beside the live decisions.
-- Locks: none on existing tables. Takes: milliseconds.
create table risk.policy_draft (
  id text primary key,
  name text not null,
  document jsonb not null,
  state text not null check (state in ('draft', 'shadow', 'published')),
  saved_by text not null,
  saved_at timestamptz not null,
  shadow_since timestamptz,
  backtest jsonb,
  backtested_at timestamptz,
  approved_by text,
  approved_at timestamptz,
  row_version int8 not null,
  constraint shadow_has_begun check (state <> 'shadow' or shadow_since is not null),
  constraint published_by_a_second_person check (approved_by <> saved_by),
  constraint published_after_shadow_and_backtest check (
    (state = 'published') = (approved_by is not null)
    and (state <> 'published' or (shadow_since is not null and backtested_at is not null)))
);

create table risk.phantom_decision (
  policy_version text not null,
  decision_id text not null,
  at timestamptz not null,
  outcome text not null check (outcome in ('allow', 'challenge', 'hold', 'deny')),
  live_outcome text not null,
  score integer not null check (score between 0 and 100),
  rule_hits int8 not null,
  primary key (policy_version, decision_id)
);
create index phantom_by_time on risk.phantom_decision (policy_version, at);
create index phantom_by_decision on risk.phantom_decision (decision_id);

grant select, insert, update on risk.policy_draft to coffer_app;
-- Phantom decisions are never changed.
grant select, insert on risk.phantom_decision to coffer_app;
grant select on risk.policy_draft, risk.phantom_decision to coffer_reader;
