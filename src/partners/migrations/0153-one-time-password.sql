-- Why: the carrier's own one-time codes (CAMARA one-time-password-sms): which it sent, and how
--   often each was tried.
-- Locks: none; everything is new.
-- How long: milliseconds.
create table partners.one_time_password (
  number int8 generated always as identity primary key,
  authentication_id text not null unique,
  phone text not null,
  sent_at timestamptz not null,
  wrong_tries integer not null default 0,
  used_at timestamptz
);
create index one_time_password_by_phone on partners.one_time_password (phone, sent_at);
comment on table partners.one_time_password is 'The code itself follows from authentication_id.';

grant select, insert, update on partners.one_time_password to coffer_simulator;
grant select on partners.one_time_password to coffer_reader;
