-- Why: the fund's transfer agent as a partner that works by files: the orders it was sent, and a
--   register by holder of its own, apart from the totals behind the port of calls.
-- Locks: none; everything is new.
-- How long: milliseconds.
create table partners.agent_file (
  name text primary key,
  sha256 text not null,
  taken_at timestamptz not null
);

create table partners.agent_order (
  serial text primary key,
  file text not null references partners.agent_file (name),
  number integer not null,
  business text not null,
  holder text not null,
  target text not null,
  ordered_on date not null,
  amount int8 not null check (amount >= 0),
  volume int8 not null check (volume >= 0)
);
create index agent_order_by_day on partners.agent_order (ordered_on, file, number);

create table partners.agent_movement (
  reference text primary key,
  holder text not null,
  day date not null,
  units int8 not null
);
create index agent_movement_by_day on partners.agent_movement (day, holder);
comment on table partners.agent_movement is 'Units by holder: a holding is the sum of its rows.';
comment on column partners.agent_movement.day is 'From the end of this day on they are his.';

grant select, insert on partners.agent_file, partners.agent_order, partners.agent_movement
  to coffer_simulator;
grant select on partners.agent_file, partners.agent_order, partners.agent_movement
  to coffer_reader;
