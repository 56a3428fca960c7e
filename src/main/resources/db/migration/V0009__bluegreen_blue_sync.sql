-- What the Blue side asked Green for, and what became of it. Read by GET /api/v1/blue/status and by calls that wait for an end.
create table bluegreen.blue_sync (
  id uuid primary key,
  status text not null check (status in ('running', 'succeeded', 'partial', 'failed', 'cancelled', 'timed_out', 'rejected',
                                         'skipped', 'interrupted')),
  target text,
  task_id text,
  status_checks jsonb not null default '[]',
  notes jsonb not null default '[]',
  error text,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  lease_until timestamptz not null,
  check ((status = 'running') = (finished_at is null))
);
create unique index blue_sync_running on bluegreen.blue_sync ((true)) where status = 'running';
create index blue_sync_newest on bluegreen.blue_sync (started_at desc);
