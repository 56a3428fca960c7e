-- A sync that had begun stays in the history when it is cancelled (CN-10); one that had not is no sync. The
-- view is read by ConnectorHistory and by the README's queries.
create or replace view connectorsync.connector_sync as
select i.id, i.key::uuid as connector_id, i.run_id,
       case i.state when 'pending' then 'PENDING'
                    when 'running' then 'IN_PROGRESS'
                    when 'succeeded' then coalesce(i.result ->> 'status', 'COMPLETED')
                    else 'FAILED' end as status,
       i.started_at, i.finished_at as completed_at,
       coalesce((i.result ->> 'recordsFetched')::bigint, 0) as records_fetched,
       coalesce((i.result ->> 'recordsProcessed')::bigint, 0) as records_processed,
       case when i.state = 'skipped' and i.reason = 'cancelled' then 'The sync was cancelled.'
            else coalesce(i.error, i.reason, i.result ->> 'error') end as error_message,
       coalesce(i.result -> 'metadata', '{}'::jsonb) as metadata
  from caravan.run_item i
 where i.pipeline = 'connectorsync' and (i.state <> 'skipped' or i.started_at is not null)
   and not exists (select from caravan.run r where r.id = i.run_id and r.dry_run);
