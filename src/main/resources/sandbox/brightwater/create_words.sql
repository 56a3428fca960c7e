-- Words and functions that the sample rows are made of. Dropped once the warehouse is filled.
create schema words;

create table words.list (
  kind text not null,
  position integer not null,
  value text not null,
  primary key (kind, position)
);

create procedure words.add(kind text, words text) language sql as $$
  insert into words.list (kind, position, value)
  select add.kind, (entry.ordinality - 1)::integer, trim(replace(entry.value, E'\n', ' '))
  from unnest(string_to_array(add.words, '|')) with ordinality as entry (value, ordinality)
$$;

-- A number from 0 to below 1 that depends on nothing but row and salt, so every start makes the same rows.
create function words.share(row_number bigint, salt integer) returns double precision
  language sql immutable parallel safe
  return (hashint8extended(row_number, salt) & 1073741823) / 1073741824.0::double precision;

-- A position from 0 to below size; with a skew above 1 the first ones come up more often.
create function words.pick(row_number bigint, salt integer, size integer, skew double precision)
  returns integer language sql immutable parallel safe
  return floor(size * power(words.share(row_number, salt), skew))::integer;

-- Called immutable so that the planner asks once: the lists do not change while rows are made.
create function words.size(kind text) returns integer language sql immutable parallel safe
  as $$select count(*)::integer from words.list where list.kind = size.kind$$;

call words.add('city', $$
London;GB|Paris;FR|Madrid;ES|Berlin;DE|Roma;IT|Wien;AT|Hamburg;DE|Warszawa;PL|Barcelona;ES|München;DE|Milano;IT|Praha;CZ|
Köln;DE|Amsterdam;NL|Bruxelles;BE|København;DK|Stockholm;SE|Oslo;NO|Helsinki;FI|Lisboa;PT|Dublin;IE|Zürich;CH|Budapest;HU|
Birmingham;GB|Marseille;FR|Lyon;FR|València;ES|Sevilla;ES|Zaragoza;ES|Málaga;ES|Torino;IT|Napoli;IT|Palermo;IT|Genova;IT|
Bologna;IT|Firenze;IT|Kraków;PL|Łódź;PL|Wrocław;PL|Poznań;PL|Gdańsk;PL|Szczecin;PL|Frankfurt am Main;DE|Stuttgart;DE|
Düsseldorf;DE|Leipzig;DE|Dortmund;DE|Essen;DE|Bremen;DE|Dresden;DE|Hannover;DE|Nürnberg;DE|Duisburg;DE|Bochum;DE|
Wuppertal;DE|Bielefeld;DE|Bonn;DE|Münster;DE|Karlsruhe;DE|Mannheim;DE|Augsburg;DE|Wiesbaden;DE|Mönchengladbach;DE|
Gelsenkirchen;DE|Aachen;DE|Braunschweig;DE|Chemnitz;DE|Kiel;DE|Halle (Saale);DE|Magdeburg;DE|Freiburg im Breisgau;DE|
Krefeld;DE|Mainz;DE|Lübeck;DE|Erfurt;DE|Oberhausen;DE|Rostock;DE|Kassel;DE|Saarbrücken;DE|Potsdam;DE|Osnabrück;DE|
Göttingen;DE|Würzburg;DE|Tübingen;DE|Görlitz;DE|Toulouse;FR|Nice;FR|Nantes;FR|Montpellier;FR|Strasbourg;FR|Bordeaux;FR|
Lille;FR|Rennes;FR|Reims;FR|Saint-Étienne;FR|Le Havre;FR|Toulon;FR|Grenoble;FR|Dijon;FR|Angers;FR|Nîmes;FR|Clermont-Ferrand;FR|
Le Mans;FR|Aix-en-Provence;FR|Brest;FR|Tours;FR|Amiens;FR|Limoges;FR|Annecy;FR|Perpignan;FR|Besançon;FR|Orléans;FR|Metz;FR|
Mulhouse;FR|Rouen;FR|Caen;FR|Nancy;FR|Béziers;FR|Sète;FR|Manchester;GB|Leeds;GB|Glasgow;GB|Liverpool;GB|Newcastle upon Tyne;GB|
Sheffield;GB|Bristol;GB|Edinburgh;GB|Leicester;GB|Cardiff;GB|Belfast;GB|Nottingham;GB|Southampton;GB|Portsmouth;GB|Aberdeen;GB|
Plymouth;GB|Brighton;GB|Norwich;GB|Oxford;GB|Cambridge;GB|York;GB|Exeter;GB|Bath;GB|Inverness;GB|St Andrews;GB|King's Lynn;GB|
Rotterdam;NL|Den Haag;NL|Utrecht;NL|Eindhoven;NL|Groningen;NL|Tilburg;NL|Almere;NL|Breda;NL|Nijmegen;NL|'s-Hertogenbosch;NL|
Maastricht;NL|Leiden;NL|Antwerpen;BE|Gent;BE|Charleroi;BE|Liège;BE|Brugge;BE|Namur;BE|Leuven;BE|Mons;BE|Aarhus;DK|Odense;DK|
Aalborg;DK|Esbjerg;DK|Randers;DK|Helsingør;DK|Göteborg;SE|Malmö;SE|Uppsala;SE|Västerås;SE|Örebro;SE|Linköping;SE|Jönköping;SE|
Norrköping;SE|Umeå;SE|Luleå;SE|Bergen;NO|Trondheim;NO|Stavanger;NO|Tromsø;NO|Ålesund;NO|Bodø;NO|Espoo;FI|Tampere;FI|Turku;FI|
Oulu;FI|Jyväskylä;FI|Lahti;FI|Porto;PT|Braga;PT|Coimbra;PT|Évora;PT|Setúbal;PT|Cork;IE|Galway;IE|Limerick;IE|Dún Laoghaire;IE|
Genève;CH|Basel;CH|Bern;CH|Lausanne;CH|Winterthur;CH|Luzern;CH|St. Gallen;CH|Lugano;CH|Graz;AT|Linz;AT|Salzburg;AT|Innsbruck;AT|
Klagenfurt am Wörthersee;AT|Brno;CZ|Ostrava;CZ|Plzeň;CZ|Liberec;CZ|Olomouc;CZ|České Budějovice;CZ|Hradec Králové;CZ|Debrecen;HU|
Szeged;HU|Pécs;HU|Győr;HU|Székesfehérvár;HU|Bilbao;ES|Murcia;ES|Palma;ES|Alicante;ES|Córdoba;ES|Valladolid;ES|Vigo;ES|Gijón;ES|
A Coruña;ES|Granada;ES|San Sebastián;ES|León;ES|Cádiz;ES|Logroño;ES|Bari;IT|Catania;IT|Verona;IT|Venezia;IT|Padova;IT|Trieste;IT|
Parma;IT|Perugia;IT|Cagliari;IT|Forlì;IT|L'Aquila;IT|Reggio nell'Emilia;IT|Lublin;PL|Katowice;PL|Białystok;PL|Toruń;PL|Rzeszów;PL|
Częstochowa;PL|Vilnius;LT|Kaunas;LT|Rīga;LV|Daugavpils;LV|Tallinn;EE|Tartu;EE|Luxembourg;LU|Esch-sur-Alzette;LU|Reykjavík;IS|
Akureyri;IS|Bratislava;SK|Košice;SK|Ljubljana;SI|Maribor;SI|Zagreb;HR|Split;HR|Rijeka;HR|Iași;RO|București;RO|Timișoara;RO|
Cluj-Napoca;RO|Αθήνα;GR|Θεσσαλονίκη;GR|Пловдив;BG|София;BG$$);

call words.add('country', $$
DE;Deutschland;EUR|FR;France;EUR|GB;United Kingdom;GBP|ES;España;EUR|IT;Italia;EUR|PL;Polska;PLN|NL;Nederland;EUR|BE;Belgique;EUR|
AT;Österreich;EUR|CH;Schweiz;CHF|SE;Sverige;SEK|DK;Danmark;DKK|NO;Norge;NOK|FI;Suomi;EUR|IE;Éire;EUR|PT;Portugal;EUR|CZ;Česko;CZK|
HU;Magyarország;HUF|LT;Lietuva;EUR|LV;Latvija;EUR|EE;Eesti;EUR|LU;Lëtzebuerg;EUR|IS;Ísland;ISK|SK;Slovensko;EUR|SI;Slovenija;EUR|
HR;Hrvatska;EUR|RO;România;RON|GR;Ελλάδα;EUR|BG;България;EUR$$);

call words.add('first_name', $$
Anna|Peter|Marie|Thomas|Sophie|Michael|Emma|David|Julia|Paul|Laura|Martin|Sarah|Andreas|Clara|José|Lucía|Antonio|María|Carlos|
Zoë|François|Chloé|André|Léa|René|Noémie|Jérôme|Hélène|Étienne|Aurélie|Benoît|Giulia|Marco|Chiara|Luca|Niccolò|Francesca|Björn|
Åsa|Søren|Jørgen|Kåre|Håkan|Ingrid|Lars|Freja|Mikkel|Jürgen|Jörg|Käthe|Günther|Bärbel|Łukasz|Małgorzata|Paweł|Agnieszka|Zbigniew|
Katarzyna|Tomáš|Jiří|Kateřina|Zdeněk|László|István|Éva|Zsófia|João|Inês|Conceição|Tiago|Siobhán|Niamh|Seán|Oisín|Aoife|Olivia|
Jack|Amelia|Harry|Isla|George|Ava|Noah|Freya|Oliver|Priya|Arjun|Mehmet|Ayşe|Yusuf|Fatima|Ali|Nguyễn|Linh|Wei|Yuki|Kofi|Amara|
Dimitris|Ελένη|Γιώργος|Мария|Иван|Ștefan|Ioana|Jānis|Līga|Mindaugas|Rūta|Pekka|Päivi|Väinö|Matti|Reto|Beat|Urs|Mireille|Femke|
Daan|Sanne|Wouter|Lotte|Bram|Ann-Kristin|Jean-Luc|Marie-Thérèse|Hans-Peter|Eva-Lena|Per-Åke|D'Arcy|Nils|Ida|Theo|Mila|Finn$$);

call words.add('last_name', $$
Müller|Schmidt|Martin|Bernard|García|Rossi|Smith|Jones|Nowak|Schneider|Fischer|Weber|Meyer|Wagner|Becker|Schulz|Hoffmann|Schäfer|
Köhler|Krüger|Böhm|Jäger|Groß|Weiß|Dubois|Durand|Moreau|Lefèvre|Lévêque|Gauthier|Garçon|Bélanger|Côté|Núñez|Muñoz|Fernández|
González|Rodríguez|López|Martínez|Sánchez|Pérez|Gómez|Ibáñez|Bianchi|Esposito|Romano|Colombo|Ricci|D'Angelo|Dell'Acqua|De Luca|
Taylor|Brown|Williams|Wilson|Johnson|Davies|Patel|Wright|Walker|O'Brien|O'Connor|Ní Dhomhnaill|MacLeod|McCarthy|Fitzgerald|
Kowalski|Wiśniewski|Wójcik|Kamiński|Zieliński|Szymański|Dąbrowski|Jansen|de Vries|van den Berg|van Dijk|Bakker|Visser|Peeters|
Maes|Claes|Andersson|Johansson|Öberg|Åström|Sjögren|Hansen|Nielsen|Sørensen|Bjørnstad|Ødegård|Korhonen|Mäkinen|Hämäläinen|
Virtanen|Silva|Ferreira|Gonçalves|Magalhães|Novák|Dvořák|Černý|Procházka|Nagy|Szabó|Tóth|Kovács|Horváth|Steiner|Gruber|Egger|
Hübner|Zürcher|Bünzli|Çelik|Yılmaz|Öztürk|Demir|Papadopoulos|Παπαδόπουλος|Иванова|Popescu|Ionescu|Bērziņš|Kazlauskas|Tamm|
Guðmundsson|Jónsdóttir|Trần|Chen|Kim|Singh|Khan|Okafor|Mensah|Haddad|Cohen|Lindqvist|von der Heide|zu Löwenstein|Saint-Exupéry$$);

call words.add('street', $$
Hauptstraße|Bahnhofstraße|High Street|Station Road|Rue de la République|Rue Victor Hugo|Calle Mayor|Via Roma|Gartenstraße|
Church Lane|Mill Road|Rue de l'Église|Place du Marché|Avenida de la Constitución|Via Garibaldi|Schulstraße|Lindenallee|Am Mühlbach|
Kirchgasse|Victoria Road|Queen Street|The Green|Rue du Château|Chemin des Vignes|Passeig de Gràcia|Plaza de España|Corso Vittorio
Emanuele|Kongens gate|Storgatan|Drottninggatan|Östra Hamngatan|Vestergade|Nørrebrogade|Mannerheimintie|Rua da Conceição|
Ulica Długa|ulica Świętego Jana|Václavské náměstí|Andrássy út|Keizersgracht|Prinsengracht|Meir|Grote Markt|Brīvības iela$$);

call words.add('brand', $$
Nordhaus|Brightwater|Kiefer & Sohn|Maison Clément|Fjordlys|Casa Alba|Thornbury|Ebbe|Lumière du Sud|Älvdal|Grünwerk|Østerlund|
Bergström|Tessuti Veneziani|Petit Jardin|Hearth & Harrow|Zwiesel Manufaktur|Porcelana Évora|Ferrum|Aalto Living|Kupferkessel|
La Cocotte|Sylvan Trail|Gipfelstürmer|Nimbus Outdoor|Montaña Clara|Tidewater|Müller & Töchter|Häfele Küche|Mistral|Vaskeri|
Provençale|Oakmere|Le Potager|Stonecrop|Wildblume|Campo Verde|Rosenthaler|Saltmarsh|Kettle & Crane|Sommerhus|Winterberg|Azulejo|
Ceramica Umbra|Dolce Forno|Bottega Nuova|Linen & Loom|Wolle & Weberei|Höhenmeter|Zelthaus|Trekkon|Lakeland Forge|Blackfriars|
Pots & Thyme|Rêve d'Été|Nuit Blanche|Dormiveglia|Hyggelig|Lys & Skygge|Papillon|Étoile|Noisette|Crème de Lin|Señorío|El Olivar|
Kılıç|Çınar|Łąka|Źródło|Dům|Křišťál|Királyi|Tündér|Ångström Light|Öresund|Ærlig|Ísafold|Hraun|Baltika|Dzintars|Smulkė|Sõbrad|
Three Herons|Fox Hollow|Marlow|Penrose|Quill|Rook & Raven|Sable|Tamarind|Umber|Verdigris|Willowby|Yarrow|Zephyr|ACME|A+B|100% Wool|
N°7|Bread & Butter|"Das Original"|O'Malley's|Made by Hand$$);

call words.add('category', $$
Kitchen;Cookware|Kitchen;Knives|Kitchen;Cutting Boards|Kitchen;Baking|Kitchen;Storage Jars|Kitchen;Coffee & Tea|Kitchen;Glassware|
Kitchen;Tableware|Kitchen;Linen|Kitchen;Small Appliances|Living;Cushions|Living;Throws|Living;Rugs|Living;Candles|Living;Vases|
Living;Clocks|Living;Mirrors|Living;Picture Frames|Living;Side Tables|Living;Shelving|Living;Décor|Lighting;Table Lamps|
Lighting;Floor Lamps|Lighting;Pendants|Lighting;Lanterns|Lighting;Bulbs|Bedroom;Duvet Covers|Bedroom;Pillows|Bedroom;Sheets|
Bedroom;Blankets|Bedroom;Bedside Tables|Bathroom;Towels|Bathroom;Bath Mats|Bathroom;Soap & Care|Bathroom;Storage|Garden;Planters|
Garden;Tools|Garden;Seeds|Garden;Watering|Garden;Furniture|Garden;Barbecue|Garden;Birdcare|Outdoor;Tents|Outdoor;Sleeping Bags|
Outdoor;Backpacks|Outdoor;Stoves|Outdoor;Bottles & Flasks|Outdoor;Hammocks|Children;Toys|Children;Bedding|Children;Furniture|
Children;Crafts|Office;Stationery|Office;Desk Lamps|Office;Organisers|Office;Chairs|Seasonal;Christmas|Seasonal;Easter|
Seasonal;Halloween|Seasonal;Summer Picnic|Gifts;Gift Sets|Gifts;Vouchers|Pets;Beds|Pets;Bowls$$);

call words.add('range', $$
Fjord|Alba|Linden|Solstice|Harbour|Meadow|Copenhagen|Provence|Café|Ember|Tide|Birch|Nordlys|Bellevue|Ronda|Aurora|Slate|Juniper|
Noir|Citron|Océan|Savanne|Terra|Verve|Lagoon|Heide|Alm|Brise|Cove|Dune|Echo|Fable|Grove|Haven|Iris|Jasmin|Kelp|Luna|Mósaik|Nest|
Opal|Piñata|Quartz|Rosé|Sorrel|Thistle|Ursa|Vela|Wren|Zinnia$$);

call words.add('material', $$
oak|stainless steel|cotton|linen|stoneware|glass|walnut|wool|bamboo|porcelain|cast iron|beech|recycled polyester|brass|leather|
terracotta|enamelled steel|marble|rattan|aluminium|felt|copper|cork|merino wool|velvet|acacia|crêpe|jute|titanium|papier-mâché$$);

call words.add('colour', $$
white|black|natural|grey|sage green|navy|terracotta|sand|anthracite|mustard|blush|cream|olive|petrol|rust|ivory|sky blue|burgundy|
crème brûlée|bleu pâle|lavender|copper|gold|silver|turquoise|forest green|charcoal|rosé|ecru|multicoloured$$);

call words.add('thing', $$
Mug;Kitchen > Tableware|Bowl;Kitchen > Tableware|Plate;Kitchen > Tableware|Jug;Kitchen > Tableware|Tray;Kitchen > Tableware|
Frying Pan;Kitchen > Cookware|Casserole;Kitchen > Cookware|Kettle;Kitchen > Coffee & Tea|Coffee Grinder;Kitchen > Coffee & Tea|
Board;Kitchen > Cutting Boards|Chef's Knife;Kitchen > Knives|Bread Knife;Kitchen > Knives|Jar;Kitchen > Storage Jars|
Tumbler;Kitchen > Glassware|Carafe;Kitchen > Glassware|Apron;Kitchen > Linen|Tea Towel;Kitchen > Linen|Cake Tin;Kitchen > Baking|
Toaster;Kitchen > Small Appliances|Cushion;Living > Cushions|Throw;Living > Throws|Rug;Living > Rugs|Candle;Living > Candles|
Vase;Living > Vases|Wall Clock;Living > Clocks|Mirror;Living > Mirrors|Frame;Living > Picture Frames|Side Table;Living > Side Tables|
Shelf;Living > Shelving|Ornament;Living > Décor|Lamp;Lighting > Table Lamps|Floor Lamp;Lighting > Floor Lamps|
Pendant;Lighting > Pendants|Lantern;Lighting > Lanterns|Duvet Cover;Bedroom > Duvet Covers|Pillow;Bedroom > Pillows|
Sheet;Bedroom > Sheets|Blanket;Bedroom > Blankets|Towel;Bathroom > Towels|Bath Mat;Bathroom > Bath Mats|
Soap Dish;Bathroom > Soap & Care|Basket;Bathroom > Storage|Planter;Garden > Planters|Trowel;Garden > Tools|
Watering Can;Garden > Watering|Bench;Garden > Furniture|Grill;Garden > Barbecue|Bird Feeder;Garden > Birdcare|Tent;Outdoor > Tents|
Sleeping Bag;Outdoor > Sleeping Bags|Backpack;Outdoor > Backpacks|Stove;Outdoor > Stoves|Flask;Outdoor > Bottles & Flasks|
Hammock;Outdoor > Hammocks|Puzzle;Children > Toys|Mobile;Children > Toys|Stool;Children > Furniture|Notebook;Office > Stationery|
Pen Pot;Office > Organisers|Desk Chair;Office > Chairs|Wreath;Seasonal > Christmas|Picnic Set;Seasonal > Summer Picnic|
Gift Box;Gifts > Gift Sets|Dog Bed;Pets > Beds|Feeding Bowl;Pets > Bowls$$);

call words.add('sentence', $$
Made by a family workshop that has been at it for three generations.|Dishwasher safe up to 60 °C, though it will thank you for a wash
by hand.|Every piece is finished by hand, so no two are quite alike.|The surface is oiled with linseed and beeswax.|A quiet companion
for long evenings.|Designed in København, made in Portugal.|Packed without plastic in a box that makes a decent drawer divider.|
Stacks neatly and takes up little room in the cupboard.|The colour mellows with the years.|Suitable for gas, electric, ceramic and
induction hobs.|From responsibly managed forests, with the papers to prove it.|Feels soft from the first night and softer from the
tenth.|Weatherproof, frost-proof and, as far as we can tell, toddler-proof.|Comes with a five-year guarantee and spare parts for
ten.|A favourite of our staff, which is why the first batch never reached the shop.|Assembly takes ten minutes and one screwdriver.|
Holds exactly one and a half litres; we measured.|Dyed with plant colours; wash dark shades separately.|Light enough for a day pack,
sturdy enough for a season.|The lid doubles as a trivet.|Glazed twice and fired at 1 240 °C.|Woven on looms from 1954 that nobody has
managed to improve.|Please keep away from open flames and curious cats.|An honest tool for people who use their tools.|
Idéal pour une table d'été entre amis.|Ein Geschenk, das man am liebsten selbst behält.|Una pieza sencilla que dura toda la vida.|
The handle stays cool; the contents do not.|Part of the range since 1998, with one small change to the spout.|
Winner of a design award we had never heard of.$$);

call words.add('care', $$
Wash at 40 °C, do not tumble dry.|Wash by hand with mild soap, dry at once, and oil with food-safe oil twice a year; wood that is left
standing in water swells, splits and finally forgives nobody.|Dishwasher safe.|Wipe with a damp cloth.|Dry clean only.|
Season before first use: rub thinly with rapeseed oil, bake upside down for one hour at 200 °C, let it cool in the oven, and repeat
until the surface is dark and even. Afterwards rinse with hot water only, never with soap, and never leave it wet.|
Keep dry and out of direct sun.|Wash at 60 °C with like colours.|Brush off mud when dry, re-proof once a season.|
Nettoyer à l'eau tiède, sans détergent.$$);

call words.add('job_title', $$
Sales Assistant|Warehouse Operative|Customer Service Agent|Shift Lead|Buyer|Store Manager|Logistics Planner|Accountant|Data Analyst|
Category Manager|Marketing Manager|Software Engineer|Photographer|HR Partner|Head of Operations|Managing Director|Attachée de presse|
Verkäufer:in$$);

call words.add('carrier', $$
DHL|DPD|UPS|GLS|Hermes|Royal Mail|Colissimo|Correos|PostNL|bpost|Poczta Polska|Österreichische Post|Die Schweizerische Post|PostNord|
Česká pošta|An Post|FedEx$$);

call words.add('return_reason', $$
Too small|Too large|Changed my mind|Arrived damaged|Wrong article|Colour differs from the picture|Arrived too late|Faulty|
Better price elsewhere|Ordered several to choose from|Part missing|Not as described: the drawer front was scratched in two places, the
screws for the left-hand rail were not in the bag, the instructions were those of a different model, and when we finally reached the
hotline we were told to wait for an e-mail that never came|Gift was not wanted|Défaut de couture|Gefällt nicht$$);

call words.add('review_title', $$
Lovely|Perfect!|As described|Disappointing|Great quality|Good value|Never again|Exactly what I wanted|Broke after a week|Very pretty|
Smaller than expected|Très joli|Sehr schön|Muy bonito|Bellissimo|Five stars|Does the job|A gift my mother loved|Colour is off|
Would buy again|Överraskande bra|Pěkný výrobek|Meh|OK$$);

call words.add('delivery_note', $$
Please ring twice|Leave with the neighbour|Code at the gate: see label|Behind the green door|Bitte nicht klingeln, Baby schläft|
Laisser chez le gardien|2nd floor, no lift|Beware of the dog|Call before delivery|Deliver after 17:00|Garage on the left|
Dejar en portería|Packstation bevorzugt|Mind the step; the light is broken$$);

call words.add('search_term', $$
candle|mug|cushion cover|cast iron pan|duvet cover 200x200|tent 2 person|vase|lamp|oak board|teapot|crêpe pan|rug|towel set|hammock|
picnic basket|advent calendar|christmas wreath|bird feeder|planter|knife set|wok|gift|throw blanket|lantern|coffee grinder|café au lait
bowl|müesli bowl|backpack 30l|sleeping bag|led bulb e27|desk lamp|notebook a5|blanket wool|jar 1l|linen apron|salad bowl|
fondue|raclette|smörgås board|tagine|paella pan|piñata|garden bench|watering can|grill|soap dish|bath mat|mirror round|clock|frame a4$$);

analyze words.list;
