-- Why: the codes sent to a number, and what became of each: told delivered, seen by the enrolled
--   phone, used. A code that was delivered but never seen, or used but never received, raises SMS
--   silence.
-- Locks: none; everything is new. Takes: milliseconds.
create table identity.sms_watch (
  id text primary key,
  codes jsonb not null,
  raised_at timestamptz,
  row_version int8 not null
);
comment on table identity.sms_watch is 'By phone number (E.164): the last codes sent to it.';
comment on column identity.sms_watch.codes is 'Texts as keyed hashes; instants in epoch ms.';

grant select, insert, update on identity.sms_watch to coffer_app;
