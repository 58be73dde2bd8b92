-- Why: the limits that the fund manager announces in file 07 hold for orders from then on; normal
-- redemptions of a person and day are counted for them.
-- Locks: fund.status and fund.holder for an instant (new columns with constant defaults rewrite
-- nothing). Takes: milliseconds.
alter table fund.status
  add column announced_on text not null default '',
  add column announced_person_buy_fen int8 check (announced_person_buy_fen > 0),
  add column announced_person_redeem_fen int8 check (announced_person_redeem_fen > 0),
  add column announced_fund_buy_fen int8 check (announced_fund_buy_fen > 0);
comment on column fund.status.announced_on is
  'Day of the file 07 whose limits are in force; empty before the first.';

alter table fund.holder
  add column redeem_date text not null default '',
  add column redeemed_on_date int8 not null default 0 check (redeemed_on_date >= 0);
comment on column fund.holder.redeemed_on_date is
  'Redeemed normally on redeem_date, for the limit that the fund manager announces.';
