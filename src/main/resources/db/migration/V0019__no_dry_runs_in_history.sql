-- A dry run is no sync, also where it fails.
create or replace view connectorsync.connector_sync as
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
 where i.pipeline = 'connectorsync' and i.state <> 'skipped'
   and not exists (select from caravan.run r where r.id = i.run_id and r.dry_run);
