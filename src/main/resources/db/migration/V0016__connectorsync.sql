create schema if not exists connectorsync;

create table connectorsync.connector_setup (
  id uuid primary key,
  tenant_id text not null,
  created_by_id text,
  name text not null,
  type text not null,
  status text not null default 'ACTIVE' check (status in ('ACTIVE', 'INACTIVE', 'ERROR', 'NEEDS_ATTENTION')),
  config json not null,
  credentials_encrypted bytea,
  sync_interval integer not null default 3600 check (sync_interval between 60 and 31536000),
  auto_sync boolean not null default true,
  allowed_from time,
  allowed_until time,
  metadata jsonb not null default '{}',
  last_sync_at timestamptz,
  last_sync_status text check (last_sync_status in ('COMPLETED', 'PARTIAL', 'FAILED')),
  last_sync_error text,
  failures integer not null default 0,
  failing_since timestamptz,
  retry_at timestamptz,
  warning text,
  warned_at timestamptz,
  due_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  check ((allowed_from is null) = (allowed_until is null))
);
comment on column connectorsync.connector_setup.status is 'What people and failures decided; that a sync is running is known from the ledger';
comment on column connectorsync.connector_setup.last_sync_at is 'End of the last sync that succeeded';
comment on column connectorsync.connector_setup.allowed_from is 'UTC; a clock starts no sync outside these hours, which may go past midnight; null for always';
comment on column connectorsync.connector_setup.failures is 'In a row, since the last sync that succeeded';
comment on column connectorsync.connector_setup.warning is 'What the data team is told, once: told when warned_at is set';
comment on column connectorsync.connector_setup.retry_at is 'After a failure: not before';

-- Also right after somebody changes an interval by SQL.
create function connectorsync.set_due_at() returns trigger language plpgsql as $$
begin
  new.due_at := coalesce(new.retry_at, new.last_sync_at + make_interval(secs => new.sync_interval), new.created_at);
  return new;
end $$;
create trigger due_at before insert or update on connectorsync.connector_setup
  for each row execute function connectorsync.set_due_at();

create index connector_due on connectorsync.connector_setup (due_at)
  where auto_sync and status = 'ACTIVE' and deleted_at is null;
create index connector_of_tenant on connectorsync.connector_setup (tenant_id, created_at) where deleted_at is null;

-- Syncs of one connector, newest first, without reading the whole ledger.
create index run_item_of_connector on caravan.run_item ((key::uuid), started_at desc) where pipeline = 'connectorsync';
create index run_item_of_connectors on caravan.run_item (started_at desc) where pipeline = 'connectorsync';

create view connectorsync.connector as
select s.id, s.tenant_id, s.created_by_id, s.name, s.type,
       case when exists (select 1 from caravan.run_item i
                          where i.pipeline = 'connectorsync' and i.key = s.id::text
                            and i.state = 'running' and i.lease_until > now())
            then 'SYNCING' else s.status end as status,
       s.config, s.sync_interval, s.auto_sync, s.allowed_from, s.allowed_until, s.metadata,
       s.last_sync_at, s.last_sync_status, s.last_sync_error,
       s.failures, s.failing_since, s.retry_at, s.due_at, s.created_at, s.updated_at
  from connectorsync.connector_setup s
 where s.deleted_at is null;
comment on view connectorsync.connector is 'SYNCING as long as a node holds its lease, so nothing can stay in it';

create function connectorsync.change_connector() returns trigger language plpgsql as $$
begin
  if new.status is distinct from old.status and new.status not in ('ACTIVE', 'INACTIVE') then
    raise exception 'status can be set to ACTIVE or INACTIVE; the others follow from syncs';
  end if;
  update connectorsync.connector_setup
     set name = new.name, sync_interval = new.sync_interval, auto_sync = new.auto_sync,
         allowed_from = new.allowed_from, allowed_until = new.allowed_until, metadata = new.metadata,
         status = case when new.status is distinct from old.status then new.status else status end,
         failures = case when new.status is distinct from old.status then 0 else failures end,
         failing_since = case when new.status is distinct from old.status then null else failing_since end,
         retry_at = case when new.status is distinct from old.status then null else retry_at end,
         updated_at = now()
   where id = old.id;
  return new;
end $$;
comment on function connectorsync.change_connector() is
  'For the documented update connector set status = ''ACTIVE'' where id = …: what stood in the way is forgotten';
create trigger change_connector instead of update on connectorsync.connector
  for each row execute function connectorsync.change_connector();

create view connectorsync.connector_sync as
select i.id, i.key::uuid as connector_id, i.run_id,
       case i.state when 'pending' then 'PENDING'
                    when 'running' then 'IN_PROGRESS'
                    when 'succeeded' then coalesce(i.result ->> 'status', 'COMPLETED')
                    else 'FAILED' end as status,
       i.started_at, i.finished_at as completed_at,
       coalesce((i.result ->> 'recordsFetched')::bigint, 0) as records_fetched,
       coalesce((i.result ->> 'recordsProcessed')::bigint, 0) as records_processed,
       coalesce(i.error, i.reason, i.result ->> 'error') as error_message,
       coalesce(i.result -> 'metadata', '{}'::jsonb) as metadata
  from caravan.run_item i
 where i.pipeline = 'connectorsync' and i.state <> 'skipped';
