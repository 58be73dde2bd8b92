-- Why: one-time passwords of an app (TOTP) and recovery codes.
-- Locks: identity.sign_in_challenge for the time of a constraint (a scan of it). Takes: seconds.
create table identity.totp (
  id text primary key,
  sealed_secret text not null,
  added_at timestamptz not null,
  confirmed_at timestamptz,
  last_step int8 not null,
  failures integer not null check (failures >= 0),
  failed_since timestamptz,
  row_version int8 not null
);

create table identity.recovery_set (
  id text primary key,
  generation integer not null check (generation > 0),
  made_at timestamptz not null,
  codes_left integer not null check (codes_left >= 0),
  failures integer not null check (failures >= 0),
  failed_since timestamptz,
  row_version int8 not null
);

create table identity.recovery_code (
  id text primary key,
  generation integer not null,
  used_at timestamptz,
  row_version int8 not null
);

alter table identity.sign_in_challenge drop constraint sign_in_challenge_kind_check;
alter table identity.sign_in_challenge add constraint sign_in_challenge_kind_check
  check (kind in ('sms_code', 'trusted_device', 'totp'));

grant select, insert, update on identity.totp, identity.recovery_set, identity.recovery_code
  to coffer_app;
