-- Why: passkeys (WebAuthn), the challenges that were answered once, and sessions begun with one.
-- Locks: identity.session for the time of two constraints (a scan of it).
-- Takes: seconds per ten million sessions.
create table identity.passkey (
  id text primary key,
  customer_id text not null,
  public_key text not null,
  counter int8 not null check (counter >= 0),
  name text not null,
  transports text not null,
  backed_up boolean not null,
  added_at timestamptz not null,
  added_on text not null,
  last_used_at timestamptz,
  removed_at timestamptz,
  row_version int8 not null
);
create index passkey_by_customer on identity.passkey (customer_id, added_at);

-- Challenges are sealed and not kept until somebody answers one: then it is spent, for ever.
create table identity.spent_challenge (
  id text primary key,
  purpose text not null check (purpose in ('passkey', 'sign_in', 'payment')),
  customer_id text not null,
  spent_at timestamptz not null,
  row_version int8 not null
);

alter table identity.session drop constraint session_entry_check;
alter table identity.session add constraint session_entry_check
  check (entry in ('password', 'reset', 'sign_up', 'passkey'));
alter table identity.session drop constraint session_proof_check;
alter table identity.session add constraint session_proof_check
  check (proof in ('password', 'sms', 'trusted_device', 'passkey', 'totp', 'recovery_code'));

grant select, insert, update on identity.passkey, identity.spent_challenge to coffer_app;
