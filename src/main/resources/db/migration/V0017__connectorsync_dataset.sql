-- What connectors brought. The records of a dataset are a table of its own in this schema, named in dataset.table_name.
create schema if not exists connectorsync;

create table connectorsync.dataset (
  id uuid primary key,
  connector_id uuid not null,
  resource text not null,
  name text not null,
  status text not null default 'PENDING' check (status in ('PENDING', 'PROCESSING', 'READY', 'FAILED', 'QUEUED')),
  documents_count bigint not null default 0,
  metadata jsonb not null default '{}',
  primary_key text[] not null,
  table_name text not null unique,
  cursor_state jsonb,
  -- Every row of the table has a number below this.
  next_row integer not null default 0,
  -- Counts the loads that changed something.
  version bigint not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (connector_id, resource)
);

-- Which field of the records stands in which column; position counts from 0 and never changes.
create table connectorsync.dataset_column (
  dataset_id uuid not null references connectorsync.dataset on delete cascade,
  position integer not null,
  field text not null,
  column_name text not null,
  type text not null,
  primary key (dataset_id, position)
);

create table connectorsync.dataset_version (
  dataset_id uuid not null references connectorsync.dataset on delete cascade,
  sync_id uuid not null,
  version bigint not null,
  added bigint not null,
  updated bigint not null,
  unchanged bigint not null,
  removed bigint not null,
  repeated bigint not null,
  set_aside bigint not null,
  complete boolean not null,
  loaded_at timestamptz not null,
  primary key (dataset_id, sync_id)
);
create index dataset_version_newest on connectorsync.dataset_version (dataset_id, loaded_at desc);

create table connectorsync.dataset_schema_change (
  id bigint generated always as identity primary key,
  dataset_id uuid not null references connectorsync.dataset on delete cascade,
  sync_id uuid not null,
  column_name text not null,
  -- Null where the column is new.
  from_type text,
  to_type text not null,
  changed_at timestamptz not null
);
create index dataset_schema_change_newest on connectorsync.dataset_schema_change (dataset_id, changed_at desc);

-- Records that could not be stored, with the reason. At most so many a load; dataset_version counts them all.
create table connectorsync.set_aside_record (
  id bigint generated always as identity primary key,
  dataset_id uuid not null references connectorsync.dataset on delete cascade,
  sync_id uuid not null,
  -- Of the load's records, counted from 1.
  position bigint not null,
  reason text not null,
  -- Its first 10 kB; null where even that could not be read.
  record text,
  set_aside_at timestamptz not null default now()
);
create index set_aside_record_of_load on connectorsync.set_aside_record (dataset_id, sync_id, position);
