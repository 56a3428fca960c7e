-- A bicycle hire scheme in a harbour town: stations, bicycles, three years of trips, and what the workshop did.
create temporary macro share(row_number, salt) as (hash(row_number * 1000 + salt) % 1073741824) / 1073741824.0::double;
create temporary macro pick(row_number, salt, size, skew) as floor(size * power(share(row_number, salt), skew))::integer;
create temporary macro nth(words, place) as string_split(words, '|')[1 + place];
create temporary macro word(words, row_number, salt, skew) as
  nth(words, pick(row_number, salt, len(string_split(words, '|')), skew));

create type membership as enum ('day pass', 'monthly', 'yearly', 'student', 'corporate', 'staff');

create table station as
select n::integer as id,
  nth('Harbour|Market Square|Østre Kaj|Central Station|Cathedral|University|Fish Market|Old Town|Lighthouse|Kärnan|Südufer|'
    || 'Église Saint-Michel|Ferry Terminal|City Hospital|Stadium|Botanical Garden|Opera|Shipyard|Brewery Quarter|'
    || 'Northern Pier|Tøndergade|Plaça Nova|Königsallee|Windmill Hill', (n - 1) % 24)
    || case when n > 24 then ' ' || ((n - 1) // 24 + 1) else '' end as name,
  word('Harbour|Centre|Northside|Södra|Island|Hills|Université', n, 2, 1.4) as district,
  (8 + pick(n, 3, 30, 1.6))::smallint as docks,
  round(56.14 + share(n, 4) * 0.1, 5) as latitude,
  round(10.18 + share(n, 5) * 0.1, 5) as longitude,
  date '2019-04-01' + pick(n, 6, 2000, 1) as opened_on,
  share(n, 7) < 0.08 as closed
from range(1, 241) as numbers (n);

create table bicycle as
select n::integer as id,
  'VH-' || lpad((n * 7919 % 99991)::varchar, 5, '0') as frame_number,
  word('Havn Classic|Havn Electric|Lastesykkel XL|Mini Café Racer|Tandem', n, 11, 2) as model,
  word('harbour blue|signal red|white|sølv', n, 12, 1.5) as colour,
  model in ('Havn Electric', 'Lastesykkel XL') as electric,
  date '2019-03-01' + pick(n, 13, 2100, 0.8) as bought_on
from range(1, 4201) as numbers (n);

create table trip as
select n as id,
  to_timestamp(1672531200 + floor(94608000 * share(n, 21))) as started_at,
  case when share(n, 22) < 0.985 then round(3 + 57 * power(share(n, 23), 2.4), 1) end as minutes,
  start_station.name as start_station,
  case when share(n, 24) < 0.97 then end_station.name when share(n, 24) < 0.98 then '' end as end_station,
  1 + pick(n, 25, 4200, 1.1) as bicycle_id,
  word('day pass|monthly|yearly|student|corporate|staff', n, 26, 1.6)::membership as membership,
  case when share(n, 27) < 0.62 then 1950 + pick(n, 28, 58, 0.7) end as birth_year,
  round(0.4 + 9 * power(share(n, 29), 2), 2)::decimal(5, 2) as kilometres,
  share(n, 30) < 0.012 as reported_fault
from range(1, 290001) as numbers (n)
  join station as start_station on start_station.id = 1 + pick(n, 31, 240, 2)
  join station as end_station on end_station.id = 1 + pick(n, 32, 240, 1.7);

create table repair as
select n::integer as id,
  1 + pick(n, 41, 4200, 1.5) as bicycle_id,
  date '2023-01-02' + pick(n, 42, 1090, 1) as done_on,
  word('Puncture|Brake pads worn|Chain slipped|Bell missing|Basket bent|Battery weak|Lamp broken|Saddle stolen|'
    || 'Lås sitter fast|Frame cracked: taken out of service and sent back to the maker with photographs of the weld, '
    || 'of the bottom bracket and of the serial number', n, 43, 1.6) as fault,
  case when share(n, 44) < 0.7 then word('Kåre|Zoë|Mehmet|Iñaki|Siobhán|Łukasz', n, 45, 1.3) end as mechanic,
  (5 * pick(n, 46, 40, 3))::decimal(6, 2) as cost,
  [word('inner tube|brake pad|chain|bell|lamp', n, 47, 1.4), word('screw|cable|spoke', n, 48, 1)] as parts
from range(1, 12001) as numbers (n);
