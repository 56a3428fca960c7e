-- The seed's job table as a view over the run ledger, so that nothing is stored twice.
create view valuesync.stored_values_sync_jobs as
select i.id,
       (i.payload ->> 'dataSourceId')::uuid as data_source_id,
       i.payload ->> 'databaseName' as database_name,
       i.payload ->> 'schemaName' as schema_name,
       i.payload ->> 'tableName' as table_name,
       i.payload ->> 'columnName' as column_name,
       case when i.state = 'succeeded' then i.finished_at end as last_synced_at,
       r.requested_at as created_at,
       case i.state
         when 'pending' then case when r.trigger = 'schedule' then 'pending' else 'pending_manual' end
         when 'running' then 'in_progress'
         when 'succeeded' then 'completed'
         when 'failed' then 'failed'
         else case when i.reason like 'cancelled%' then 'cancelled' else 'skipped' end
       end as status,
       coalesce(i.error, i.reason) as error_message,
       case when r.trigger = 'schedule' then 'daily' else 'manual' end as sync_type,
       i.attempts,
       i.run_id,
       i.started_at,
       i.finished_at,
       (i.result ->> 'processedCount')::bigint as processed_count
  from caravan.run_item i
  join caravan.run r on r.id = i.run_id
 where i.pipeline = 'valuesync';
