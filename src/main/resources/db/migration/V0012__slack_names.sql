-- The names that the seed of schemasync has for them. Read by the Slack routes and by operators' queries only.
alter table caravan.slack_message_tracking rename column kind to message_type;
alter table caravan.slack_message_tracking rename column text to content;
alter table caravan.slack_message_tracking rename column channel_id to slack_channel_id;
alter table caravan.slack_message_tracking rename column message_ts to slack_message_ts;
alter table caravan.slack_message_tracking rename column thread_ts to slack_thread_ts;
