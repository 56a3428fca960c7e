-- Releases of all entities at once. What is published lives in schema green: {entity}_json, {entity}_v{n}, view {entity}_current.
create schema bluegreen;
create schema green;

create table bluegreen.release (
  release integer generated always as identity primary key,
  run_id uuid not null unique,
  status text not null check (status in ('building', 'live', 'kept', 'rejected', 'failed', 'gone')),
  reason text,
  pinned boolean not null default false,
  audits jsonb not null default '[]',
  created_at timestamptz not null default now(),
  published_at timestamptz
);
create unique index release_live on bluegreen.release ((true)) where status = 'live';
create unique index release_pinned on bluegreen.release ((true)) where pinned;

-- Which tables a release consists of. An entity whose payload did not change keeps its version.
create table bluegreen.release_entity (
  release integer not null references bluegreen.release on delete cascade,
  entity text not null,
  version integer not null,
  rows bigint not null,
  set_aside jsonb not null default '{}',
  added bigint,
  changed bigint,
  removed bigint,
  payload_hash text not null,
  primary key (release, entity)
);

create table green.sync_metadata (
  entity_name text primary key,
  active_version integer not null,
  backup_version integer,
  release integer not null,
  updated_at timestamptz not null default now()
);
