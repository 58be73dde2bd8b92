-- Why: customers with their standing, passwords, devices, sessions, one-time codes, and staff.
-- Locks: none on existing tables. Takes: milliseconds.
create schema identity;

create table identity.customer (
  id text primary key,
  kind text not null check (kind in ('person', 'merchant')),
  name text not null,
  phone text not null check (phone ~ '^\+[1-9][0-9]{4,14}$'),
  email text,
  id_number_hash text,
  created_at timestamptz not null,
  status text not null check (status in ('active', 'frozen')),
  frozen_at timestamptz,
  frozen_by text check (frozen_by in ('customer', 'report', 'operator')),
  frozen_reason text,
  password_changed_at timestamptz,
  last_reset_at timestamptz,
  sessions_ended_at timestamptz,
  forwarding text not null check (forwarding in ('yes', 'no', 'unknown')),
  sim_swap text not null check (sim_swap in ('yes', 'no', 'unknown')),
  silence text not null check (silence in ('yes', 'no', 'unknown')),
  sms_observed_at timestamptz,
  sms_signal_at timestamptz,
  failed_sign_ins integer not null check (failed_sign_ins >= 0),
  failed_since timestamptz,
  last_sign_in_at timestamptz,
  last_active_at timestamptz,
  device_customers integer not null,
  row_version int8 not null,
  check ((status = 'frozen') = (frozen_at is not null))
);
create index customer_by_creation on identity.customer (created_at);

create table identity.credential (
  id text primary key,
  password_hash text not null,
  row_version int8 not null
);

-- Whose a phone number is: the primary key makes numbers unique.
create table identity.phone (
  id text primary key,
  customer_id text not null,
  row_version int8 not null
);

create table identity.device (
  id text primary key,
  customer_id text not null,
  device_id text not null,
  name text not null,
  added_at timestamptz not null,
  added_by text not null check (added_by in ('sign_up', 'sign_in', 'reset')),
  trusted_from timestamptz,
  last_seen_at timestamptz not null,
  row_version int8 not null,
  check (id = customer_id || '/' || device_id)
);
create index device_by_customer on identity.device (customer_id);

create table identity.device_use (
  id text primary key,
  customers_seen integer not null,
  first_seen_at timestamptz not null,
  row_version int8 not null
);

create table identity.session (
  id text primary key,
  customer_id text not null,
  device_id text not null,
  network text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  entry text not null check (entry in ('password', 'reset', 'sign_up')),
  proof text not null check (proof in ('password', 'sms', 'trusted_device')),
  row_version int8 not null
);
create index session_by_customer on identity.session (customer_id, created_at);

create table identity.code (
  id text primary key,
  purpose text not null check (purpose in ('sign_up', 'sign_in', 'reset')),
  digest text not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  tries_left integer not null check (tries_left >= 0),
  used_at timestamptz,
  sent_in_window integer not null,
  window_from timestamptz not null,
  row_version int8 not null
);

create table identity.sign_in_challenge (
  id text primary key,
  customer_id text not null,
  device_id text not null,
  device_name text not null,
  kind text not null check (kind in ('sms_code', 'trusted_device')),
  opened_at timestamptz not null,
  expires_at timestamptz not null,
  approved_at timestamptz,
  approved_on text,
  used_at timestamptz,
  row_version int8 not null
);
create index sign_in_challenge_by_customer on identity.sign_in_challenge (customer_id, opened_at);

create table identity.sign_in_attempts (
  id text primary key,
  failures integer not null,
  since timestamptz not null,
  row_version int8 not null
);

create table identity.operator (
  id text primary key,
  login text not null,
  name text not null,
  roles jsonb not null,
  password_hash text not null,
  created_at timestamptz not null,
  failures integer not null,
  last_failure_at timestamptz,
  last_sign_in_at timestamptz,
  row_version int8 not null
);

create table identity.operator_login (
  id text primary key,
  operator_id text not null,
  row_version int8 not null
);

create table identity.operator_session (
  id text primary key,
  operator_id text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  row_version int8 not null
);

grant usage on schema identity to coffer_app, coffer_reader;
grant select, insert, update on all tables in schema identity to coffer_app;
-- Nothing that a sign-in is checked against.
grant select on identity.customer, identity.phone, identity.device, identity.device_use,
  identity.sign_in_challenge to coffer_reader;
