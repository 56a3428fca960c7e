-- Payloads as they were received. Their text is in green.{entity}_json, of which each batch is a partition.
create table bluegreen.batch (
  batch integer generated always as identity primary key,
  id uuid not null unique,
  raw_name text not null,
  run_id uuid,
  content_hash text not null,
  etag text,
  last_modified text,
  parts integer not null,
  bytes bigint not null,
  created_at timestamptz not null default now()
);
comment on column bluegreen.batch.run_id is 'The run that fetched it; null for what came through store-json';
create index batch_raw_name on bluegreen.batch (raw_name, batch);

alter table bluegreen.release add column told_at timestamptz;
update bluegreen.release set told_at = now();

alter table bluegreen.release_entity add column duplicates bigint not null default 0;
