-- Why: the guard decides for wallets that are not ours, too: what it must know of their customers,
-- of their devices and of the decisions whose end it waits to be told.
-- Locks: none on existing tables. Takes: milliseconds.
create table risk.guest (
  id text primary key,
  created_at timestamptz not null,
  password_changed_at timestamptz,
  last_reset_at timestamptz,
  failed_sign_ins integer not null,
  failed_since timestamptz,
  last_active_at timestamptz,
  forwarding text not null check (forwarding in ('yes', 'no', 'unknown')),
  sim_swap text not null check (sim_swap in ('yes', 'no', 'unknown')),
  silence text not null check (silence in ('yes', 'no', 'unknown')),
  sms_observed_at timestamptz,
  device_customers integer not null,
  profile bytea,
  row_version int8 not null
) with (fillfactor = 70);
-- Compressing a few hundred bytes costs more than it saves.
alter table risk.guest alter column profile set storage external;

create table risk.guest_device (
  id text primary key,
  added_at timestamptz not null,
  added_by text not null check (added_by in ('sign_up', 'sign_in', 'reset')),
  trusted boolean not null,
  row_version int8 not null
);

create table risk.guest_decision (
  id text primary key,
  customer_id text not null,
  device_id text,
  network text,
  step text not null,
  subject text not null,
  payee_id text,
  amount int8,
  source text not null check (source in ('wallet', 'fund')),
  outcome text not null check (outcome in ('allow', 'challenge', 'hold', 'deny')),
  state text not null check (state in ('open', 'done', 'stopped')),
  decided_at timestamptz not null,
  ended_at timestamptz,
  row_version int8 not null
);

grant select, insert, update on risk.guest, risk.guest_device, risk.guest_decision to coffer_app;
grant select on risk.guest, risk.guest_device, risk.guest_decision to coffer_reader;
