-- Records that the loop brake left out. Who reads it: the next sync, and whoever resumes the config.
create table sheetsync.frozen_record (
  sync_config_id uuid not null references sheetsync.sync_config on delete cascade,
  record_id text not null,
  frozen_at timestamptz not null default now(),
  primary key (sync_config_id, record_id)
);
comment on table sheetsync.frozen_record is
  'We and something else wrote these against each other: they are left alone until somebody resumes the config';
