-- Which sync of a connector the data team was told of because it takes so long.
alter table connectorsync.connector_setup add column slow_item uuid;
