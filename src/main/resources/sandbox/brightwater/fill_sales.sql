-- What was bought: order lines first, so that an order's total is the sum of its lines.
-- In seconds since 1970: adding days to a timestamp would depend on the session's time zone.
create function words.ordered_at(order_id bigint) returns timestamptz language sql immutable parallel safe
  return to_timestamp(1640995200 + 86400 * floor(1400 * power(words.share(order_id, 101), 0.6))
    + floor(43200 * (words.share(order_id, 102) + words.share(order_id, 103))));

create table shop.order_line as
select orders.id * 10 + line as id,
  orders.id as order_id,
  product.id as product_id,
  product.sku,
  product.category,
  (1 + words.pick(orders.id * 10 + line, 111, 12, 6))::smallint as quantity,
  product.price as unit_price,
  (array[0, 0, 0, 5, 10, 15, 20, 50])[1 + words.pick(orders.id * 10 + line, 112, 8, 2)]::smallint as discount_percent,
  words.share(orders.id * 10 + line, 113) < 0.06 as gift_wrap
from generate_series(1, 190000) as orders (id)
  cross join lateral generate_series(1, 1 + words.pick(orders.id, 114, 9, 2.6)) as line
  join shop.product on product.id = 1 + words.pick(orders.id * 10 + line, 115, 24000, 2.2);

analyze shop.order_line (order_id);

create table shop.customer_order as
select orders.id,
  'BO-' || 30000000 + orders.id as number,
  1 + words.pick(orders.id, 121, 120000, 1.6) as customer_id,
  words.ordered_at(orders.id) as ordered_at,
  ('{delivered,delivered,delivered,delivered,shipped,returned,cancelled,paid,placed,picking,on_hold}'::shop.order_status[])
    [1 + words.pick(orders.id, 122, 11, 2.2)] as status,
  (array['web', 'app', 'store', 'telephone', 'marketplace', 'trade counter'])[1 + words.pick(orders.id, 123, 6, 2)] as channel,
  (array['card', 'paypal', 'invoice', 'direct debit', 'bank transfer', 'gift card', 'cash', 'Twint', 'Przelewy24', 'Bancontact'])
    [1 + words.pick(orders.id, 124, 10, 2.5)] as payment_method,
  (array['EUR', 'EUR', 'EUR', 'GBP', 'PLN', 'CHF', 'SEK', 'DKK', 'NOK', 'CZK', 'HUF', 'RON', 'ISK'])
    [1 + words.pick(orders.id, 125, 13, 1.8)]::char(3) as currency,
  totals.amount as total,
  case when words.share(orders.id, 126) < 0.11 then promotion.code end as promotion_code,
  case when words.share(orders.id, 127) < 0.06 then note.value
    when words.share(orders.id, 127) < 0.12 then '' when words.share(orders.id, 127) < 0.13 then ' ' end as delivery_note
from (
    select order_id as id,
      sum(quantity * unit_price * (100 - discount_percent) / 100)::numeric(10, 2) as amount
    from shop.order_line
    group by order_id
  ) as totals
  join lateral (select totals.id::bigint as id) as orders on true
  join shop.promotion on promotion.id = 1 + words.pick(orders.id, 128, 260, 1.5)
  join words.list note on note.kind = 'delivery_note'
    and note.position = words.pick(orders.id, 129, words.size('delivery_note'), 2);

alter table shop.order_line add primary key (id);
create index order_line_order on shop.order_line (order_id);
alter table shop.customer_order add primary key (id);
create index customer_order_status on shop.customer_order (status);
create index customer_order_customer on shop.customer_order (customer_id);

analyze shop.order_line, shop.customer_order;
