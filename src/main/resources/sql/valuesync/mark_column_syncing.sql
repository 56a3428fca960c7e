update valuesync.searchable_column
   set stored_values_status = 'syncing', updated_at = now()
 where id = cast(:#${variable.item.key} as uuid)
   and not cast(:#${variable.item.dryRun} as boolean)
