alter table bluegreen.batch
  add column pages jsonb not null default '[]',
  add column paginator text;
comment on column bluegreen.batch.pages is 'Of a paged list: address, digest, number of elements and address of the next one of each page, in their order';
comment on column bluegreen.batch.paginator is 'The setting by which the pages were found';
