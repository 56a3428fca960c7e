-- The reader sees the shop and nothing else. The words it was made of are not for sale.
drop schema words cascade;
revoke all on schema public from public;
grant usage on schema shop to warehouse_reader;
grant select on all tables in schema shop to warehouse_reader;
