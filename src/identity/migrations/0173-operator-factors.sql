-- Why: operators show a second factor (an app's code) or a passkey; a session without one may only
--   enrol. Failures are counted per login and network, no longer on the operator, so that guesses
--   lock nobody out who holds his factor.
-- Locks: identity.operator and identity.operator_session, briefly. Takes: milliseconds.
alter table identity.operator
  add column factor_since timestamptz,
  add column sessions_ended_at timestamptz,
  drop column failures,
  drop column last_failure_at;

-- Sessions from before were opened with a password alone: they may only enrol.
alter table identity.operator_session
  add column proof text not null default 'none' check (proof in ('none', 'totp', 'passkey'));

create table identity.operator_passkey (
  id text primary key,
  operator_id text not null,
  public_key text not null,
  counter int8 not null check (counter >= 0),
  name text not null,
  added_at timestamptz not null,
  last_used_at timestamptz,
  removed_at timestamptz,
  row_version int8 not null
);
create index operator_passkey_by_operator on identity.operator_passkey (operator_id, added_at);

create table identity.operator_attempts (
  id text primary key,
  failures integer not null check (failures >= 0),
  since timestamptz not null,
  row_version int8 not null
);
comment on table identity.operator_attempts is
  'Failed sign-ins by login (login/…), a member of staff’s or nobody’s, and by network (net/…).';

alter table identity.spent_challenge drop constraint spent_challenge_purpose_check;
alter table identity.spent_challenge add constraint spent_challenge_purpose_check check (purpose in
  ('passkey', 'sign_in', 'payment', 'operator_passkey', 'operator_sign_in'));

grant select, insert, update on identity.operator_passkey, identity.operator_attempts to coffer_app;
