-- Why: what customers were told, when, on which channel. Insert-only: what was said was said.
-- Locks: none on existing tables. Takes: milliseconds.
create schema notifications;

create table notifications.notice (
  id text primary key,
  customer_id text not null,
  channel text not null check (channel in ('app', 'email', 'sms')),
  template text not null,
  params jsonb not null,
  at timestamptz not null
);
create index notice_by_customer on notifications.notice (customer_id, at desc);

grant usage on schema notifications to coffer_app, coffer_reader;
grant select, insert on notifications.notice to coffer_app;
grant select on notifications.notice to coffer_reader;
