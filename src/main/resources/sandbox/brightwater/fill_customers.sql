-- Who bought, what they looked at, what they wrote, and what was sent and sent back.
create table shop.customer as
select n as id,
  case when words.share(n, 201) < 0.985 then 'BW-' || lpad(
    case when n % 173 = 0 then 4711 else n * 7368787::bigint % 99999989 end::text, 8, '0') end as loyalty_number,
  first_name.value as first_name,
  last_name.value as last_name,
  case when words.share(n, 202) < 0.97 then lower(translate(first_name.value || '.' || last_name.value, ' ''', '')) || n
    || '@' || (array['example.com', 'example.org', 'mail.example', 'post.example'])[1 + words.pick(n, 203, 4, 2)]
    end as email,
  case when words.share(n, 204) < 0.55 then '+' || 30 + words.pick(n, 205, 20, 1) || ' '
    || 100000000 + words.pick(n, 206, 899999999, 1) when words.share(n, 204) < 0.62 then '' end as phone,
  ('{private,private,private,small_business,hospitality,public_sector,staff}'::shop.customer_segment[])
    [1 + words.pick(n, 207, 7, 2.2)] as segment,
  case when words.share(n, 208) < 0.12 then last_name.value || ' '
    || (array['Hotels', 'Interiors', '& Co.', 'Gastronomie', 'Café', 'Immobilien'])[1 + words.pick(n, 209, 6, 1.2)]
    end as company,
  street.value || ' ' || 1 + words.pick(n, 210, 180, 2) as street,
  city.postal_code,
  city.name as city,
  city.country_code,
  (array['de', 'fr', 'en', 'es', 'it', 'pl', 'nl', 'sv', 'da', 'pt', 'cs'])[1 + words.pick(n, 211, 11, 1.5)] as language,
  case when words.share(n, 212) < 0.4 then date '1935-01-01' + words.pick(n, 213, 26000, 0.8) end as birth_date,
  case when words.share(n, 214) < 0.9 then words.share(n, 215) < 0.37 end as newsletter,
  case words.pick(n, 216, 6, 1.8) when 1 then array['garden'] when 2 then array['kitchen', 'living']
    when 3 then array['outdoor', 'camping'] when 4 then array['décor', 'gifts', 'living'] end as interests,
  to_timestamp(1425196800 + words.pick(n, 217, 340000000, 0.6)) as created_at
from generate_series(1, 120000) as n
  join words.list first_name on first_name.kind = 'first_name'
    and first_name.position = words.pick(n, 218, words.size('first_name'), 1.6)
  join words.list last_name on last_name.kind = 'last_name'
    and last_name.position = words.pick(n, 219, words.size('last_name'), 1.6)
  join words.list street on street.kind = 'street' and street.position = words.pick(n, 220, words.size('street'), 1.4)
  join shop.city on city.id = 1 + words.pick(n, 221, words.size('city'), 1.9);

create table shop.web_event as
select n as id,
  to_timestamp(1759276800 + n * 19) as occurred_at,
  (array['page_view', 'page_view', 'page_view', 'product_view', 'search', 'add_to_basket', 'checkout', 'purchase', 'error'])
    [1 + words.pick(n, 231, 9, 1.7)] as type,
  case when words.share(n, 232) < 0.31 then search.value when words.share(n, 232) < 0.33 then '' end as search_term,
  (array['Chrome', 'Safari', 'Edge', 'Firefox', 'Samsung Internet', 'Opera', 'bot'])[1 + words.pick(n, 233, 7, 2)] as browser,
  (array['mobile', 'desktop', 'tablet'])[1 + words.pick(n, 234, 3, 1.4)] as device,
  case when words.share(n, 235) < 0.44 then (array['google', 'newsletter', 'instagram', 'bing', 'pinterest', 'partner',
    'idealo', 'ecosia'])[1 + words.pick(n, 236, 8, 2.2)] end as referrer,
  (array['DE', 'FR', 'GB', 'ES', 'IT', 'PL', 'NL', 'AT', 'CH', 'SE', 'DK', 'PT'])[1 + words.pick(n, 237, 12, 1.5)]::char(2)
    as country_code,
  (20 + 4000 * power(words.share(n, 238), 6))::integer as duration_ms
from generate_series(1, 280000) as n
  join words.list search on search.kind = 'search_term'
    and search.position = words.pick(n, 239, words.size('search_term'), 1.8);

create table shop.shipment as
select n as id,
  n + n / 12 as order_id,
  upper(left(md5(n::text), 4)) || lpad((n * 6700417::bigint % 9999999967)::text, 10, '0') as tracking_number,
  carrier.value as carrier,
  (array['standard', 'express', 'parcel shop', 'freight', 'evening'])[1 + words.pick(n, 241, 5, 2.4)] as service,
  date '2022-01-02' + words.pick(n, 242, 1400, 0.6) as shipped_on,
  case when words.share(n, 243) < 0.95 then 1 + words.pick(n, 244, 9, 2) end as days_in_transit,
  round((0.2 + 24 * power(words.share(n, 245), 4))::numeric, 1) as weight_kg,
  city.name as destination_city
from generate_series(1, 160000) as n
  join words.list carrier on carrier.kind = 'carrier' and carrier.position = words.pick(n, 246, words.size('carrier'), 1.9)
  join shop.city on city.id = 1 + words.pick(n, 247, words.size('city'), 1.9);

create table shop.review as
select n as id,
  1 + words.pick(n, 251, 24000, 2.2) as product_id,
  1 + words.pick(n, 252, 120000, 1.2) as customer_id,
  (5 - words.pick(n, 253, 5, 2.4))::smallint as rating,
  case when words.share(n, 254) < 0.86 then title.value end as title,
  case when words.share(n, 255) < 0.05 then '' when words.share(n, 255) < 0.6
    then first.value || ' ' || second.value end as body,
  words.share(n, 256) < 0.72 as verified,
  date '2022-02-01' + words.pick(n, 257, 1370, 0.6) as written_on
from generate_series(1, 70000) as n
  join words.list title on title.kind = 'review_title'
    and title.position = words.pick(n, 258, words.size('review_title'), 1.6)
  join words.list first on first.kind = 'sentence' and first.position = words.pick(n, 259, words.size('sentence'), 1)
  join words.list second on second.kind = 'sentence'
    and second.position = words.pick(n, 260, words.size('sentence'), 1);

create table shop.stock as
select n as id,
  1 + n % 24000 as product_id,
  1 + n / 24000 * 7 as site_id,
  (array['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'])[1 + words.pick(n, 261, 8, 1.3)] || '-'
    || lpad(words.pick(n, 262, 60, 1)::text, 2, '0') as shelf,
  words.pick(n, 263, 900, 4) as quantity,
  date '2025-01-01' + words.pick(n, 264, 300, 0.4) as counted_on
from generate_series(0, 95999) as n;

create table shop.return_request as
select n as id,
  n * 9 as order_id,
  reason.value as reason,
  (array['refunded', 'exchanged', 'refused', 'open'])[1 + words.pick(n, 271, 4, 2.5)] as outcome,
  case when words.share(n, 272) < 0.8 then round((4 + 90 * power(words.share(n, 273), 2))::numeric, 2) end as refund
from generate_series(1, 21000) as n
  join words.list reason on reason.kind = 'return_reason'
    and reason.position = words.pick(n, 274, words.size('return_reason'), 1.8);

alter table shop.customer add primary key (id);
create index customer_city on shop.customer (city);
alter table shop.shipment add primary key (id), add unique (tracking_number);
alter table shop.review add primary key (id);
alter table shop.return_request add primary key (id);
alter table shop.stock add primary key (id);

analyze shop.customer, shop.web_event, shop.shipment, shop.review, shop.stock, shop.return_request;
