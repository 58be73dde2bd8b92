-- Why: a day's income of a holder is a posting of an entry `fund_income`; a second row for it says
-- nothing more and costs a third of crediting millions of holders.
-- Locks: fund.income, which goes. Takes: milliseconds.
drop table fund.income;
