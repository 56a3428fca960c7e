create schema valuesync;

-- Names every state of a column's values: a reader that knows the version knows the list.
create sequence valuesync.list_version;

create table valuesync.searchable_column (
  id uuid primary key,
  column_no int not null unique generated always as identity,
  data_source_id uuid not null references caravan.data_sources on delete cascade,
  database_name text not null,
  schema_name text not null,
  table_name text not null,
  column_name text not null,
  column_type text,
  max_values int not null default 1000 check (max_values between 1 and 1000000),
  origin text not null check (origin in ('api', 'dataset')),
  stored_values_status text check (stored_values_status in ('syncing', 'success', 'failed', 'suspect')),
  stored_values_error text,
  stored_values_count bigint not null default 0,
  complete boolean not null default false,
  counts_exact boolean not null default false,
  total_distinct bigint not null default 0,
  table_state jsonb,
  list_version bigint not null default 0,
  large boolean not null default false,
  last_synced_at timestamptz,
  last_read_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  -- database_name last: a search names schema, table and column only.
  unique (data_source_id, schema_name, table_name, column_name, database_name)
) with (fillfactor = 80);

comment on column valuesync.searchable_column.large is
  'false: searched through value_list; true: searched through large_value, large_gram and large_word';

-- What is stored. value_no numbers a column's values; a value is unique in its column because writers of one column
-- take turns (a btree over the value itself would refuse values above 2.7 kB).
create table valuesync.stored_value (
  column_no int not null references valuesync.searchable_column (column_no) on delete cascade,
  value_no int not null,
  value text collate "C" not null,
  count bigint not null,
  first_seen_at timestamptz not null default now(),
  removed_at timestamptz,
  primary key (column_no, value_no)
);
create index stored_value_removed on valuesync.stored_value (removed_at) where removed_at is not null;

-- Derived from stored_value for searching: one row a small column, most frequent value first (ValueList).
create table valuesync.value_list (
  column_no int primary key references valuesync.searchable_column (column_no) on delete cascade,
  packed bytea not null
);
-- Reading 30 kB as it lies is faster than decompressing it.
alter table valuesync.value_list alter column packed set storage external;

-- Columns of many values are searched through the tables below, each a whole new set of rows a version. A value's rank is
-- its place when the most frequent comes first, so the first ranks of a sorted array are the best suggestions.
-- intarray intersects such arrays; it is a trusted extension, so the database's owner may create it.
create extension if not exists intarray;

create table valuesync.large_value (
  column_no int not null references valuesync.searchable_column (column_no) on delete cascade,
  list_version bigint not null,
  rank int not null,
  value text not null,
  count bigint not null,
  -- The folded text with U+0001 before every word.
  text text collate "C" not null,
  primary key (column_no, list_version, rank)
);
-- No other index: before the first ANALYZE a planner with a choice took the wrong one and read the whole column.

create table valuesync.large_gram (
  column_no int not null references valuesync.searchable_column (column_no) on delete cascade,
  list_version bigint not null,
  -- One, two or three neighbouring characters of folded texts; U+0002 and a whole text.
  gram text collate "C" not null,
  inside_count int not null,
  -- The best 101 ranks of the values that begin with the gram, have a word that does, hold it anywhere: the answer to a
  -- query that is the gram, since no search returns more than 100.
  starts int[] not null,
  words int[] not null,
  inside int[] not null,
  -- All ranks, for three characters and where there are more than 101: a step to the answer for longer queries.
  all_starts int[],
  all_words int[],
  all_inside int[],
  primary key (column_no, list_version, gram)
);
alter table valuesync.large_gram
  alter column all_starts set storage external,
  alter column all_words set storage external,
  alter column all_inside set storage external;

-- The beginnings of words in alphabetical order, walked to forgive typing errors (WordList).
create table valuesync.large_word (
  column_no int not null references valuesync.searchable_column (column_no) on delete cascade,
  list_version bigint not null,
  packed bytea not null,
  primary key (column_no, list_version)
);
alter table valuesync.large_word alter column packed set storage external;

-- Best matches of one large column without typing errors, at least as many as wanted if there are: class 1 the whole
-- text, 2 its beginning, 3 a word's beginning,
-- 4 anywhere (MatchClass). A function, so that the stages after the one that fills the list are never run and all of them
-- are one round trip.
--   query_prefix  the query as a text begins with it      query_marked  the query as it stands inside a text
--   query_grams   the query itself up to three characters, else every three neighbours of it, the first ones first
create function valuesync.search_large(
  searched_column int, version bigint, query_prefix text, query_marked text, query_grams text[], wanted int)
returns table (match_class int, found_value text, found_count bigint)
language plpgsql stable parallel safe rows 11
-- Every stage probes by key, so no array is worth a plan of its own.
set plan_cache_mode = force_generic_plan
as $$
declare
  exact int[];
  starting int[];
  wording int[];
  containing int[];
  entry record;
  seen int := 0;
  missing int := wanted;
  first_starts int[];
  first_words int[];
begin
  if query_marked = '' then
    return query
      select 2, v.value, v.count
      from valuesync.large_value v
      where v.column_no = searched_column and v.list_version = version and v.rank < wanted
      order by v.rank;
    return;
  end if;

  exact := coalesce(
    (select g.inside
     from valuesync.large_gram g
     where g.column_no = searched_column and g.list_version = version and g.gram = E'\x02' || query_prefix),
    '{}');
  missing := greatest(missing - cardinality(exact), 0);

  if cardinality(query_grams) = 1 and char_length(query_grams[1]) <= 3 then
    select g.starts, g.words, g.inside into first_starts, first_words, containing
    from valuesync.large_gram g
    where g.column_no = searched_column and g.list_version = version and g.gram = query_grams[1];
    starting := (first_starts - exact)[1:missing];
    missing := missing - cardinality(starting);
    wording := (first_words - exact - first_starts)[1:missing];
    missing := missing - cardinality(wording);
    containing := (containing - exact - first_starts - first_words)[1:missing];
  elsif missing > 0 then
    for entry in
      select g.inside_count, coalesce(g.all_inside, g.inside) as inside
      from valuesync.large_gram g
      where g.column_no = searched_column and g.list_version = version and g.gram = any (query_grams)
      order by g.inside_count
    loop
      seen := seen + 1;
      -- The rarest first. A handful of candidates is judged faster by the texts than by further arrays, and so are more
      -- of them than by a much longer array, which could hardly refuse any.
      if seen = 1 then
        containing := entry.inside;
      elsif cardinality(containing) > 50 and entry.inside_count < 4 * cardinality(containing) then
        containing := containing & entry.inside;
      end if;
    end loop;
    if seen < cardinality(query_grams) then
      containing := '{}';
    end if;

    if cardinality(containing) > 50 then
      starting := array(
        select s.rank
        from (
          select unnest((coalesce(g.all_starts, g.starts) & containing) - exact) as rank
          from valuesync.large_gram g
          where g.column_no = searched_column and g.list_version = version and g.gram = query_grams[1]
        ) s
        where (
          select starts_with(v.text, query_prefix)
          from valuesync.large_value v
          where v.column_no = searched_column and v.list_version = version and v.rank = s.rank)
        limit missing);
      missing := missing - cardinality(starting);
      if missing > 0 then
        wording := array(
          select s.rank
          from (
            select unnest((coalesce(g.all_words, g.words) & containing) - exact - starting) as rank
            from valuesync.large_gram g
            where g.column_no = searched_column and g.list_version = version and g.gram = query_grams[1]
          ) s
          where (
            select strpos(v.text, E'\x01' || query_marked) > 0
            from valuesync.large_value v
            where v.column_no = searched_column and v.list_version = version and v.rank = s.rank)
          limit missing);
        missing := missing - cardinality(wording);
      end if;
      if missing > 0 then
        containing := array(
          select s.rank
          from (select unnest(containing - exact - starting - wording) as rank) s
          where (
            select strpos(v.text, query_marked) > 0
            from valuesync.large_value v
            where v.column_no = searched_column and v.list_version = version and v.rank = s.rank)
          limit missing);
      else
        containing := '{}';
      end if;
    elsif cardinality(containing) > 0 then
      return query
        select case when v.text = query_prefix then 1
                    when starts_with(v.text, query_prefix) then 2
                    when strpos(v.text, E'\x01' || query_marked) > 0 then 3
                    else 4 end,
               v.value, v.count
        from (select unnest(containing) as rank) s
        cross join lateral (
          select l.value, l.count, l.text
          from valuesync.large_value l
          where l.column_no = searched_column and l.list_version = version and l.rank = s.rank
          offset 0
        ) v
        where strpos(v.text, query_marked) > 0;
      return;
    end if;
  else
    containing := '{}';
  end if;

  -- Lateral with an offset, so that no plan reads the whole column to join a handful of ranks.
  return query
    select m.class, v.value, v.count
    from (
      select 1 as class, unnest(exact) as rank
      union all select 2, unnest(starting)
      union all select 3, unnest(wording)
      union all select 4, unnest(containing)
    ) m
    cross join lateral (
      select l.value, l.count
      from valuesync.large_value l
      where l.column_no = searched_column and l.list_version = version and l.rank = m.rank
      offset 0
    ) v;
end
$$;
