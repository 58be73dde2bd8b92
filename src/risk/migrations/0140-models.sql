-- Why: models have versions: a draft, then scores in the shadow, then publication by a second
-- person, then retired. A decision keeps which model was asked and what it said.
-- Locks: short exclusive ones on risk.decision and risk.policy (columns without a default: no
-- rewrite). Takes: milliseconds.
create table risk.model (
  id text primary key,
  name text not null,
  state text not null check (state in ('draft', 'shadow', 'published', 'retired')),
  saved_by text not null,
  saved_at timestamptz not null,
  shadow_since timestamptz,
  approved_by text,
  approved_at timestamptz,
  row_version int8 not null,
  constraint model_shadow_has_begun check (state <> 'shadow' or shadow_since is not null),
  constraint model_published_by_a_second_person check (approved_by <> saved_by),
  constraint model_published_after_shadow check (
    state not in ('published', 'retired')
    or (approved_by is not null and approved_at is not null and shadow_since is not null))
);
-- Which one decides is one field of one row, risk.policy: no two can.

-- The text by version, which is its hash: what a version is can never change.
create table risk.model_document (
  version text primary key,
  document text not null
);

-- Every publication and roll-back, for ever; version null: no model from then on.
create table risk.model_publication (
  version text,
  replaced text,
  at timestamptz not null,
  by text not null
);

create table risk.model_score (
  model_version text not null,
  decision_id text not null,
  at timestamptz not null,
  score int4 not null check (score between 0 and 1000000),
  live_outcome text not null,
  primary key (model_version, decision_id)
);
create index model_score_by_time on risk.model_score (model_version, at);
create index model_score_by_decision on risk.model_score (decision_id);

alter table risk.decision
  add column model_version text,
  add column model_score int4 check (model_score between 0 and 1000000);
alter table risk.policy add column model_version text;

grant select, insert, update on risk.model to coffer_app;
-- Documents, publications and shadow scores are never changed.
grant select, insert on risk.model_document, risk.model_publication, risk.model_score to coffer_app;
grant select on risk.model, risk.model_document, risk.model_publication, risk.model_score
  to coffer_reader;
