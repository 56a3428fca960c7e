-- When the data team was told that a config is halted: once for each time.
alter table sheetsync.sync_config add column halt_told_at timestamptz;
