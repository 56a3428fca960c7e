-- The hash of a record's JSON as the source wrote it. Null until the record is loaded anew.
do $$
declare dataset record;
begin
  for dataset in select table_name from connectorsync.dataset where next_row > 0 loop
    execute format('alter table if exists connectorsync.%I add column _text_hash bytea', dataset.table_name);
  end loop;
end $$;
