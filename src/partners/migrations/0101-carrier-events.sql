-- Why: the carrier tells of a changed SIM and of forwarding without being asked. What it has to
--   tell is kept until we have taken it, so that a restart on either side loses nothing.
-- Locks: none; everything is new.
-- How long: milliseconds.
create table partners.carrier_event (
  number int8 generated always as identity primary key,
  phone text not null,
  kind text not null check (kind in ('sim_swap', 'call_forwarding')),
  active boolean not null,
  at timestamptz not null,
  taken_at timestamptz
);
create index carrier_event_waiting on partners.carrier_event (number) where taken_at is null;
comment on table partners.carrier_event is 'News of numbers, delivered at least once, in order.';
comment on column partners.carrier_event.active is 'False: it is over.';
comment on column partners.carrier_event.taken_at is 'Null: not taken yet, to be told again.';

grant select, insert, update on partners.carrier_event to coffer_simulator;
grant select on partners.carrier_event to coffer_reader;
