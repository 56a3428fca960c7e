create schema schemasync;

-- Drift with a life: found once, told once, closed when it is gone.
create table schemasync.incident (
  id uuid primary key,
  organization_id uuid not null references caravan.organizations on delete cascade,
  data_source_id uuid not null references caravan.data_sources on delete cascade,
  dataset_id uuid not null references caravan.datasets on delete cascade,
  fingerprint text not null,
  type text not null,
  severity text not null check (severity in ('critical', 'warning', 'info', 'unverifiable')),
  state text not null check (state in ('open', 'acknowledged', 'snoozed', 'resolved')),
  table_name text,
  column_name text,
  expected text,
  actual text,
  message text not null,
  suggestion text,
  used_by text[] not null default '{}',
  change jsonb,
  thread_key text not null,
  opened_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  told_at timestamptz,
  snoozed_until timestamptz,
  resolved_at timestamptz,
  resolution text,
  check ((state = 'snoozed') = (snoozed_until is not null)),
  check ((state = 'resolved') = (resolved_at is not null))
);
comment on column schemasync.incident.fingerprint is 'Dataset, table, column and type: what makes it the same incident on another day';
comment on column schemasync.incident.change is 'What the dataset''s YAML would have to say instead';
comment on column schemasync.incident.told_at is 'When it was told last; null when nobody was told';
comment on column schemasync.incident.seen_at is 'The last check that found it; later than opened_at while it lasts';
create unique index incident_active on schemasync.incident (fingerprint) where state <> 'resolved';
create index incident_organization on schemasync.incident (organization_id, opened_at);
create index incident_dataset on schemasync.incident (dataset_id, opened_at);

-- What is known to be broken, for pipelines that would only fail on it.
create view caravan.broken_columns as
select i.id as incident_id, i.data_source_id, s.database_name, s.schema_name, i.table_name, i.column_name, i.message
  from schemasync.incident i
  join caravan.datasets s on s.id = i.dataset_id
 where i.state <> 'resolved' and i.type in ('missing_table', 'missing_column')
   and s.enabled and s.deleted_at is null;

-- What in the other pipelines stands on a column of a customer's table. Each that learns to do so adds itself here.
create view caravan.column_uses as
select data_source_id, table_name, column_name, 'searchable column (valuesync)' as use
  from valuesync.searchable_column where deleted_at is null;
