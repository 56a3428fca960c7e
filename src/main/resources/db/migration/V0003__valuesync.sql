create schema valuesync;

-- Names every state of a column's values: a reader that knows the version knows the list.
create sequence valuesync.list_version;

create table valuesync.searchable_column (
  id uuid primary key,
  column_no int not null unique generated always as identity,
  data_source_id uuid not null references caravan.data_sources on delete cascade,
  database_name text not null,
  schema_name text not null,
  table_name text not null,
  column_name text not null,
  column_type text,
  max_values int not null default 1000 check (max_values between 1 and 1000000),
  origin text not null check (origin in ('api', 'dataset')),
  stored_values_status text check (stored_values_status in ('syncing', 'success', 'failed', 'suspect')),
  stored_values_error text,
  stored_values_count bigint not null default 0,
  complete boolean not null default false,
  counts_exact boolean not null default false,
  total_distinct bigint not null default 0,
  table_state jsonb,
  list_version bigint not null default 0,
  large boolean not null default false,
  last_synced_at timestamptz,
  last_read_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  -- database_name last: a search names schema, table and column only.
  unique (data_source_id, schema_name, table_name, column_name, database_name)
) with (fillfactor = 80);

comment on column valuesync.searchable_column.large is
  'false: searched through value_list; true: searched through large_value, large_gram and large_word';

-- What is stored. value_no numbers a column's values; a value is unique in its column because writers of one column
-- take turns (a btree over the value itself would refuse values above 2.7 kB).
create table valuesync.stored_value (
  column_no int not null references valuesync.searchable_column (column_no) on delete cascade,
  value_no int not null,
  value text collate "C" not null,
  count bigint not null,
  first_seen_at timestamptz not null default now(),
  removed_at timestamptz,
  primary key (column_no, value_no)
);
create index stored_value_removed on valuesync.stored_value (removed_at) where removed_at is not null;

-- Derived from stored_value for searching: one row a small column, most frequent value first (ValueList).
create table valuesync.value_list (
  column_no int primary key references valuesync.searchable_column (column_no) on delete cascade,
  packed bytea not null
);
-- Reading 30 kB as it lies is faster than decompressing it.
alter table valuesync.value_list alter column packed set storage external;
