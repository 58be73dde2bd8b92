-- Why: name and ID number are held against a register of persons at sign-up; who was not (yet)
-- found there is a customer all the same, and operators see it.
-- Locks: identity.customer, exclusively, for an instant: the column is nullable, without a default.
-- Takes: milliseconds at any size.
alter table identity.customer add column real_name_checked_at timestamptz;
comment on column identity.customer.real_name_checked_at is
  'When a register of persons knew name and ID number together; null: nobody has said so.';
