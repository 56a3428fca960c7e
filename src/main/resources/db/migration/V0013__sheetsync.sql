create schema sheetsync;

-- One connection of each kind an owner. Tokens are encrypted; nobody reads them back.
create table sheetsync.airtable_connection (
  id uuid primary key,
  owner_id text not null unique,
  access_token_encrypted bytea not null,
  refresh_token_encrypted bytea,
  expires_at timestamptz,
  client_id text,
  client_secret_encrypted bytea,
  needs_reauth boolean not null default false,
  last_refresh_attempt timestamptz,
  last_refresh_error text,
  refreshing_until timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on column sheetsync.airtable_connection.refreshing_until is
  'A refresh token is good for one use: until then the node that set this alone may use it';

create table sheetsync.google_sheets_connection (
  id uuid primary key,
  owner_id text not null unique,
  access_token_encrypted bytea,
  refresh_token_encrypted bytea,
  expires_at timestamptz,
  client_id text,
  client_secret_encrypted bytea,
  service_account_encrypted bytea,
  needs_reauth boolean not null default false,
  last_refresh_attempt timestamptz,
  last_refresh_error text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((access_token_encrypted is null) = (service_account_encrypted is not null))
);

create table sheetsync.sync_config (
  id uuid primary key,
  owner_id text not null,
  name text not null,
  airtable_base_id text not null,
  airtable_table_id text not null,
  airtable_view_id text,
  google_spreadsheet_id text not null,
  google_sheet_name text not null,
  google_sheet_id integer,
  field_mappings json not null,
  sync_direction text not null check (sync_direction in ('AIRTABLE_TO_SHEETS', 'SHEETS_TO_AIRTABLE', 'BIDIRECTIONAL')),
  conflict_resolution text not null check (conflict_resolution in ('AIRTABLE_WINS', 'SHEETS_WINS', 'NEWEST_WINS', 'MANUAL')),
  options jsonb not null,
  is_active boolean not null,
  last_sync_at timestamptz,
  last_sync_status text check (last_sync_status in ('success', 'failed', 'partial')),
  last_error_at timestamptz,
  last_error_message text,
  halted_at timestamptz,
  halt_reason text,
  approved_at timestamptz,
  seen_at timestamptz,
  cycles bigint not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on column sheetsync.sync_config.google_sheet_id is 'The tab, however it is called by now; known from the first sync on';
comment on column sheetsync.sync_config.halted_at is 'Set by a brake: nothing is written until somebody resumes it';
comment on column sheetsync.sync_config.approved_at is 'Somebody let the next sync pass its brakes, or its first activation';
comment on column sheetsync.sync_config.seen_at is 'When both sides were last read whole';
create index sync_config_due on sheetsync.sync_config (last_sync_at nulls first) where is_active and deleted_at is null;

create table sheetsync.sync_log (
  id uuid primary key,
  sync_config_id uuid not null references sheetsync.sync_config on delete cascade,
  run_id uuid not null,
  status text not null check (status in ('SUCCESS', 'PARTIAL', 'FAILED')),
  records_synced integer not null,
  records_failed integer not null,
  errors jsonb not null,
  started_at timestamptz not null,
  completed_at timestamptz not null,
  triggered_by text not null,
  direction text not null
);
create index sync_log_newest on sheetsync.sync_log (started_at);
create index sync_log_config on sheetsync.sync_log (sync_config_id, started_at);

-- What both sides last agreed on, record by record: without it every difference would look like an edit.
create table sheetsync.record_base (
  sync_config_id uuid not null references sheetsync.sync_config on delete cascade,
  record_id text not null,
  snapshot jsonb not null,
  primary key (sync_config_id, record_id)
);

-- Every write: planned before it is made, marked when it is done. What is planned and not done may have happened or not.
create table sheetsync.change (
  id bigint generated always as identity primary key,
  sync_config_id uuid not null references sheetsync.sync_config on delete cascade,
  run_id uuid not null,
  cycle bigint not null,
  side text not null check (side in ('airtable', 'sheets')),
  action text not null check (action in ('create', 'update', 'delete', 'link', 'header', 'id')),
  record_id text,
  row_number integer,
  cells jsonb not null,
  state text not null check (state in ('planned', 'done', 'left', 'refused', 'undone')),
  reason text,
  planned_at timestamptz not null default now(),
  settled_at timestamptz
);
comment on column sheetsync.change.cells is 'Field, column, what stood there, what is written, its meaning, and by which rule';
create index change_run on sheetsync.change (run_id, id);
create index change_open on sheetsync.change (sync_config_id, id) where state = 'planned';
create index change_record on sheetsync.change (sync_config_id, record_id, id);

create table sheetsync.conflict (
  id uuid primary key,
  sync_config_id uuid not null references sheetsync.sync_config on delete cascade,
  run_id uuid not null,
  record_id text not null,
  field_id text,
  field_name text,
  kind text not null,
  base jsonb,
  airtable_value jsonb,
  sheet_value jsonb,
  winner text check (winner in ('airtable', 'sheets')),
  state text not null check (state in ('open', 'decided', 'settled')),
  found_at timestamptz not null default now(),
  settled_at timestamptz
);
create unique index conflict_open on sheetsync.conflict (sync_config_id, record_id, coalesce(field_id, '')) where state <> 'settled';
create index conflict_config on sheetsync.conflict (sync_config_id, found_at);

-- The names of linked records, so that a cycle needs no look at the linked table.
create table sheetsync.linked_table (
  sync_config_id uuid not null references sheetsync.sync_config on delete cascade,
  table_id text not null,
  names jsonb not null,
  read_at timestamptz not null default now(),
  primary key (sync_config_id, table_id)
);

-- Airtable's description of the base's tables, kept for some minutes.
create table sheetsync.base_schema (
  sync_config_id uuid primary key references sheetsync.sync_config on delete cascade,
  tables jsonb not null,
  read_at timestamptz not null default now()
);
