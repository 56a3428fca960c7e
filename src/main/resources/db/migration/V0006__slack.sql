-- Where an organisation's messages go: an incoming webhook, or a bot and a channel.
create table caravan.slack_integrations (
  organization_id uuid primary key references caravan.organizations on delete cascade,
  webhook_url_encrypted bytea,
  bot_token_encrypted bytea,
  channel_id text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((webhook_url_encrypted is null) = (bot_token_encrypted is not null)),
  check ((bot_token_encrypted is null) = (channel_id is null))
);

-- Every message for Slack, written before it is sent. Without an organisation it is the data team's.
create table caravan.slack_message_tracking (
  id uuid primary key,
  organization_id uuid references caravan.organizations on delete cascade,
  kind text not null,
  thread_key text,
  text text not null,
  blocks jsonb,
  without_blocks boolean not null default false,
  status text not null check (status in ('pending', 'sent', 'failed', 'skipped')),
  attempts integer not null default 0,
  error_message text,
  channel_id text,
  message_ts text,
  thread_ts text,
  created_at timestamptz not null default now(),
  next_attempt_at timestamptz not null default now(),
  wait_until timestamptz,
  sent_at timestamptz
);
create index slack_message_tracking_pending on caravan.slack_message_tracking (organization_id, created_at)
 where status = 'pending';
create index slack_message_tracking_thread on caravan.slack_message_tracking (thread_key, created_at)
 where thread_key is not null;
create index slack_message_tracking_newest on caravan.slack_message_tracking (created_at);
