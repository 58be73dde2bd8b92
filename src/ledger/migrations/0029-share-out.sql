-- Why: the shares of a day's income while it is credited, millions of rows worked out again
-- whenever they are needed: no WAL, no index, read by ranges of pages. Whoever uses it holds the
-- advisory lock of the income; a backup leaves it out. Takes: milliseconds.
create unlogged table ledger.share_out (
  account text not null,
  -- Where the account's row was when it was counted: found without its index while it is there.
  place tid not null,
  units int8 not null,
  weight int8 not null
);
grant select, insert, delete, truncate on ledger.share_out to coffer_app;
grant select on ledger.share_out to coffer_reader;
