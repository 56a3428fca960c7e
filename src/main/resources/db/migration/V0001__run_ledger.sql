-- The ledger that every pipeline writes: what was asked, what came of it, and who holds it now.
create schema if not exists caravan;

create table caravan.run (
  id uuid primary key,
  pipeline text not null,
  trigger text not null check (trigger in ('schedule', 'api', 'cli', 'console', 'retry', 'event')),
  status text not null check (status in ('queued', 'running', 'succeeded', 'partial', 'failed', 'cancelled',
                                         'timed_out', 'rejected', 'skipped')),
  whole boolean not null,
  request jsonb not null,
  dry_run boolean not null,
  idempotency_key text,
  parent_id uuid references caravan.run on delete set null,
  attempt integer not null default 0,
  fruitless_attempts integer not null default 0,
  finished_items_at_attempt integer not null default 0,
  node text,
  lease_until timestamptz,
  planned_at timestamptz,
  cancel_requested_at timestamptz,
  requested_at timestamptz not null default now(),
  started_at timestamptz,
  deadline_at timestamptz,
  finished_at timestamptz,
  total integer not null default 0,
  succeeded integer not null default 0,
  failed integer not null default 0,
  skipped integer not null default 0,
  report json,
  reason text,
  error_kind text,
  error text
);
comment on column caravan.run.whole is 'Works on everything the pipeline finds; of such runs one at a time is running.';
comment on column caravan.run.fruitless_attempts is 'Nodes in a row that took the run over and finished no item of it.';

create unique index run_idempotency on caravan.run (pipeline, idempotency_key) where idempotency_key is not null;
create unique index run_whole_running on caravan.run (pipeline) where status = 'running' and whole;
create index run_recent on caravan.run (requested_at desc, id desc);
create index run_recent_of_pipeline on caravan.run (pipeline, requested_at desc, id desc);
create index run_unfinished on caravan.run (lease_until) where status in ('queued', 'running');

create table caravan.run_item (
  id uuid primary key,
  run_id uuid not null references caravan.run on delete cascade,
  pipeline text not null,
  position integer not null,
  key text not null,
  title text not null,
  lane text,
  not_before timestamptz,
  state text not null check (state in ('pending', 'running', 'succeeded', 'failed', 'skipped')),
  attempts integer not null default 0,
  payload jsonb not null,
  node text,
  lease_until timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  result jsonb,
  reason text,
  error_kind text,
  error text,
  unique (run_id, key)
);
-- One thing is worked on once at a time in the whole cluster, however many runs ask for it.
create unique index run_item_key_running on caravan.run_item (pipeline, key) where state = 'running';
create index run_item_pending on caravan.run_item (run_id, position) where state = 'pending';
