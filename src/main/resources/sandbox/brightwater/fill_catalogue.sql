-- What Brightwater sells, to which places, and with whom: the tables that the large ones refer to.
create schema shop;

create type shop.customer_segment as enum ('private', 'small_business', 'hospitality', 'public_sector', 'staff');
create type shop.order_status as enum
  ('placed', 'paid', 'picking', 'shipped', 'delivered', 'returned', 'cancelled', 'on_hold');

create table shop.country as
select split_part(value, ';', 1)::char(2) as code,
  split_part(value, ';', 2) as name,
  split_part(value, ';', 3)::char(3) as currency,
  split_part(value, ';', 3) = 'EUR' as uses_euro
from words.list where kind = 'country';
alter table shop.country add primary key (code);

create table shop.city as
select position + 1 as id,
  split_part(value, ';', 1) as name,
  split_part(value, ';', 2)::char(2) as country_code,
  (9200000 / power(position + 1, 0.8))::integer as population,
  lpad((10000 + words.pick(position, 1, 89999, 1))::text, 5, '0') as postal_code
from words.list where kind = 'city';
alter table shop.city add primary key (id);

create table shop.brand as
select position + 1 as id,
  value as name,
  case when words.share(position, 2) < 0.7
    then 1880 + words.pick(position, 3, 143, 0.6) end as founded_in,
  case when words.share(position, 4) < 0.2 then '' when words.share(position, 4) < 0.8
    then 'https://www.' || regexp_replace(lower(value), '[^a-z0-9]+', '', 'g') || '.example' end as website
from words.list where kind = 'brand';
alter table shop.brand add primary key (id);

create table shop.category as
select position + 1 as id,
  split_part(value, ';', 1) as department,
  split_part(value, ';', 2) as name,
  replace(value, ';', ' > ') as path
from words.list where kind = 'category';
alter table shop.category add primary key (id);

create table shop.site as
select n as id,
  city.name || ' ' || case when n % 3 = 0 then 'warehouse' else 'store' end as name,
  city.name as city,
  n % 3 = 0 as is_warehouse,
  (date '1998-03-01' + (n * 271)) as opened_on,
  make_time(7 + n % 3, 30, 0) as opens_at
from generate_series(1, 48) as n
  join shop.city on city.id = n * 3 - 2;
alter table shop.site add primary key (id);

create table shop.supplier as
select n as id,
  last_name.value || ' ' || (array['GmbH', 'S.A.', 'Ltd', 'AB', 'S.r.l.', 'Sp. z o.o.', 'B.V.', 'Oy'])
    [1 + words.pick(n, 11, 8, 1.3)] as name,
  city.name as city,
  city.country_code,
  'orders' || n || '@supplier' || n % 97 || '.example' as email,
  round((2.5 + 2.5 * words.share(n, 12))::numeric, 1) as rating,
  (array[7, 14, 21, 30, 45, 60])[1 + words.pick(n, 13, 6, 1.5)] as payment_days
from generate_series(1, 640) as n
  join words.list last_name on last_name.kind = 'last_name'
    and last_name.position = words.pick(n, 14, words.size('last_name'), 1)
  join shop.city on city.id = 1 + words.pick(n, 15, words.size('city'), 1.4);
alter table shop.supplier add primary key (id);

create table shop.employee as
select n as id,
  first_name.value as first_name,
  last_name.value as last_name,
  job_title.value as job_title,
  1 + words.pick(n, 21, 48, 1.5) as site_id,
  date '2004-01-01' + words.pick(n, 22, 8000, 0.7) as hired_on,
  (2100 + 100 * words.pick(n, 23, 60, 2))::numeric(8, 2) as monthly_salary,
  words.share(n, 24) < 0.31 as part_time
from generate_series(1, 1400) as n
  join words.list first_name on first_name.kind = 'first_name'
    and first_name.position = words.pick(n, 25, words.size('first_name'), 1.2)
  join words.list last_name on last_name.kind = 'last_name'
    and last_name.position = words.pick(n, 26, words.size('last_name'), 1.2)
  join words.list job_title on job_title.kind = 'job_title'
    and job_title.position = words.pick(n, 27, words.size('job_title'), 2.5);
alter table shop.employee add primary key (id);

create table shop.promotion as
select n as id,
  upper(search.value) || lpad((n * 7 % 100)::text, 2, '0') as code,
  (array[5, 10, 15, 20, 25, 50])[1 + words.pick(n, 31, 6, 2)] as percent_off,
  date '2023-01-05' + n * 4 as starts_on,
  date '2023-01-05' + n * 4 + 3 + words.pick(n, 32, 25, 1) as ends_on,
  case words.pick(n, 33, 4, 1) when 0 then array['newsletter'] when 1 then array['newsletter', 'app']
    when 2 then array['store'] else array['app', 'partner', 'store'] end as channels
from generate_series(1, 260) as n
  join words.list search on search.kind = 'search_term' and search.position = n % 12;
alter table shop.promotion add primary key (id);

create table shop.product as
select n as id,
  'BW' || lpad(n::text, 6, '0') as sku,
  case when words.share(n, 41) < 0.96 then (4000000000000 + n * 7919::bigint * 104729 % 900000000000)::text end as ean,
  style.value || ' ' || initcap(material.value) || ' ' || split_part(thing.value, ';', 1)
    || case when words.share(n, 42) < 0.55 then ' ' || (array[18, 20, 24, 28, 30, 35, 40, 45, 50, 60, 80, 90, 120, 140, 160, 200])
      [1 + words.pick(n, 43, 16, 1.4)] || ' cm' else '' end as name,
  brand.name as brand,
  split_part(thing.value, ';', 2) as category,
  material.value as material,
  case when words.share(n, 44) < 0.91 then colour.value when words.share(n, 44) < 0.94 then '' end as colour,
  (round((3 + 240 * power(words.share(n, 45), 3.2))::numeric, 0) - 0.05)::numeric(8, 2) as price,
  case when words.share(n, 46) < 0.83 then (20 + 10 * words.pick(n, 47, 2200, 3)) end as weight_grams,
  date '2009-01-01' + words.pick(n, 48, 6150, 0.5) as launched_on,
  words.share(n, 49) < 0.14 as discontinued,
  case words.pick(n, 50, 7, 1.4)
    when 0 then array['sale'] when 1 then array['new', 'online only'] when 2 then array[]::text[]
    when 3 then array['fair trade', 'vegan'] when 4 then array['bestseller', 'gift idea']
    when 5 then array['hand made', 'été', 'gift idea'] end as tags,
  case when words.share(n, 51) < 0.03 then '   ' when words.share(n, 51) < 0.88
    then one.value || ' ' || two.value || ' ' || three.value
      || case when words.share(n, 52) < 0.4 then ' ' || four.value else '' end
      || case when n % 611 = 0 then repeat(E'\n\n' || two.value || ' ' || four.value, 60) else '' end
  end as description,
  care.value as care_instructions,
  1 + words.pick(n, 53, 640, 1.8) as supplier_id
from generate_series(1, 24000) as n
  join shop.brand on brand.id = 1 + words.pick(n, 54, words.size('brand'), 2)
  join words.list style on style.kind = 'range' and style.position = words.pick(n, 56, words.size('range'), 1)
  join words.list material on material.kind = 'material'
    and material.position = words.pick(n, 57, words.size('material'), 1.8)
  join words.list colour on colour.kind = 'colour'
    and colour.position = words.pick(n, 58, words.size('colour'), 2)
  join words.list thing on thing.kind = 'thing' and thing.position = words.pick(n, 59, words.size('thing'), 1.3)
  join words.list one on one.kind = 'sentence' and one.position = words.pick(n, 60, words.size('sentence'), 1)
  join words.list two on two.kind = 'sentence' and two.position = words.pick(n, 61, words.size('sentence'), 1)
  join words.list three on three.kind = 'sentence'
    and three.position = words.pick(n, 62, words.size('sentence'), 1)
  join words.list four on four.kind = 'sentence' and four.position = words.pick(n, 63, words.size('sentence'), 1)
  join words.list care on care.kind = 'care' and care.position = words.pick(n, 64, words.size('care'), 2);
alter table shop.product add primary key (id), add unique (sku);
create index product_brand on shop.product (brand);
create index product_category on shop.product (category);

analyze shop.country, shop.city, shop.brand, shop.category, shop.site, shop.supplier, shop.employee, shop.promotion,
  shop.product;
