-- Why: orders taken back, confirmed in part or deferred by the gate; the cap of fast redemptions to
-- a card; the fund-wide quota, the shadow price and what follows from it; standing orders.
-- Locks: fund.order, fund.holder and fund.dealing_day for an instant (new columns with constant
-- defaults rewrite nothing); the state check of fund.order is validated by one scan of it.
-- Takes: milliseconds per 10,000 orders.
alter table fund.order drop constraint order_state_check;
alter table fund.order add constraint order_state_check check (state in (
  'accepted', 'advanced', 'confirmed', 'paid', 'settled', 'rejected', 'cancelled', 'deferred',
  'challenged', 'denied', 'lapsed'));
alter table fund.order
  add column confirmed_amount int8,
  add column deferred_amount int8 not null default 0,
  add column deferred_from text,
  add constraint order_confirmed_in_part check (confirmed_amount between 0 and amount),
  add constraint order_deferred_in_part check (deferred_amount between 0 and amount);
comment on column fund.order.confirmed_amount is
  'What the fund confirmed where that was not all of it; the rest went back.';
comment on column fund.order.deferred_amount is
  'What the redemption gate moved on, into an order of the next dealing day.';
comment on column fund.order.deferred_from is 'The order whose deferred part this one is.';

alter table fund.holder
  add column fast_date text not null default '',
  add column fast_on_date int8 not null default 0 check (fast_on_date >= 0);
comment on column fund.holder.fast_on_date is 'Redeemed fast to a card on fast_date, for the cap.';

alter table fund.dealing_day
  add column returned int8 not null default 0 check (returned between 0 and subscriptions),
  add column refused int8 not null default 0 check (refused between 0 and redemptions),
  add column deferred int8 not null default 0 check (deferred >= 0);
comment on column fund.dealing_day.returned is 'Of the subscriptions, what the fund did not take.';
comment on column fund.dealing_day.refused is 'Of the redemptions, what the fund did not confirm.';
comment on column fund.dealing_day.deferred is 'What the gate moved to the next dealing day.';

create table fund.status (
  id text primary key check (id = 'fund'),
  shadow_date text,
  deviation int8,
  suspended boolean not null,
  suspended_at timestamptz,
  own_quota_fen int8 check (own_quota_fen > 0),
  own_gate_per_mille integer check (own_gate_per_mille between 1 and 1000),
  quota_date text not null,
  quota_used_fen int8 not null check (quota_used_fen >= 0),
  row_version int8 not null
);
comment on table fund.status is 'Whether the fund takes subscriptions, and its own limits.';
comment on column fund.status.deviation is 'Shadow price against 1.00, in millionths.';

create table fund.shadow_price (
  id text primary key,
  deviation int8 not null,
  alert text not null check (alert in ('none', 'watch', 'limit')),
  recorded_at timestamptz not null,
  row_version int8 not null
);
comment on table fund.shadow_price is 'Market value of the fund''s assets per unit, by day.';

create table fund.standing_order (
  id text primary key,
  keep_fen int8 not null check (keep_fen >= 0),
  active boolean not null,
  set_at timestamptz not null,
  done_on text not null,
  row_version int8 not null
);
comment on table fund.standing_order is 'What a customer''s wallet keeps; the rest goes in daily.';
create index standing_order_due on fund.standing_order (done_on, id) where active;

grant select, insert, update on fund.status, fund.shadow_price, fund.standing_order to coffer_app;
grant select on fund.status, fund.shadow_price, fund.standing_order to coffer_reader;
