package io.caravan.sandbox;

import java.util.List;

/** The words Blue records are made of. */
final class BlueWords {
  static final List<String> GENDERS = List.of("female", "male", "non-binary");
  static final List<String> PRONOUNS = List.of("she/her", "he/him", "they/them");

  static final List<String> TALENT_TYPES =
      List.of("Model", "Actor", "Content creator", "Dancer", "Presenter", "Musician");

  static final List<String> DIVISIONS =
      List.of(
          "Women", "Men", "New Faces", "Curve", "Classics", "Sport", "Actors", "Hands & Details");

  static final List<String> CITIES =
      List.of(
          "Amsterdam",
          "København",
          "Paris",
          "São Paulo",
          "Milano",
          "Zürich",
          "Kraków",
          "Málaga",
          "Göteborg",
          "Lagos",
          "Montréal",
          "İstanbul");

  static final List<String> WOMEN =
      words(
          "Zoë Chloé Inès Élodie Renée Anaïs Noémie Léa Manon Camille Amélie Maëlle Sanne Femke"
              + " Lotte Fleur Noor Yara Sofía Lucía María Inés Begoña Núria Júlia Conceição Thaís"
              + " Beatriz Luísa Åsa Märta Saga Freja Søs Signe Bjørg Ragnhild Käthe Jördis Frieda"
              + " Greta Małgorzata Zofia Agnieszka Šárka Žofie Lenka Réka Zsófia Ayşe Çiğdem Elif"
              + " Amara Ngozi Adaeze Fatou Aïcha Mei Yuki Hana Linh Priya Ananya Leilani");

  static final List<String> MEN =
      words(
          "Noël Jérôme François Théo Loïc Rémi Étienne Gaël Maxime Bram Daan Thijs Joost Sjoerd"
              + " Ruben José Íñigo Álvaro Martín Jesús Raúl João Tomás Mário Caetano Björn Åke"
              + " Göran Søren Jørgen Håkon Øyvind Jürgen Günther Matthäus Lukas Wojciech Łukasz"
              + " Paweł Jiří Tomáš Ondřej Gábor Zoltán Emre Çağlar Kwame Chidi Obinna Moussa"
              + " Idrissa Hiro Kenji Minh Arjun Rohan Kai D'Andre Oisín Seán");

  static final List<String> LAST_NAMES =
      List.of(
          "Müller",
          "van den Berg",
          "de Vries",
          "Özdemir",
          "Şahin",
          "O'Connor",
          "Ní Bhriain",
          "García Márquez",
          "Núñez",
          "Peña",
          "Ibáñez",
          "da Conceição",
          "Gonçalves",
          "Magalhães",
          "Lefèvre",
          "D'Arcy-Beauséjour",
          "Desprès",
          "Côté",
          "Bélanger",
          "Brontë",
          "Lindström",
          "Åkesson",
          "Sjöberg",
          "Nørgaard",
          "Østergård",
          "Bjørnson",
          "Jónsdóttir",
          "Weiß",
          "Schönfeld",
          "Groß",
          "Bäcker",
          "Wiśniewski",
          "Dąbrowska",
          "Łoś",
          "Dvořák",
          "Černý",
          "Szűcs",
          "Kovács",
          "Popović",
          "Đorđević",
          "Țepeș",
          "Okonkwo",
          "Adébáyò",
          "Diallo",
          "N'Diaye",
          "Traoré",
          "Mbeki",
          "El-Sayed",
          "Haddad",
          "Nguyễn",
          "Trần",
          "Tanaka",
          "Watanabe",
          "Kim",
          "Chen",
          "Li",
          "Sharma",
          "Iyer",
          "Kahananui",
          "Taylor",
          "Smith-Jones",
          "Brown",
          "Campbell",
          "MacLeod");

  static final List<String> TRAINING =
      List.of(
          "trained as a dancer",
          "studied architecture",
          "grew up on a houseboat",
          "played handball in the second league",
          "was scouted at a bus stop",
          "read law for two years",
          "worked as a pastry chef",
          "learnt Catalan, Danish and sign language");

  static final List<String> WORK =
      List.of(
          "Recent work includes a campaign for a Scandinavian knitwear label and two music videos.",
          "Has walked for houses in Paris, Milano and København since the age of nineteen.",
          "Known for \"The Quiet Harbour\" (2024), in which a single take lasts eleven minutes.",
          "Available for fittings, lookbooks and fragrance; horse riding and stage combat on"
              + " request.",
          "Shoots mostly on film, never before 10 o’clock.",
          "Represented exclusively; mother agency in Kraków.",
          "Part-time carpenter – \u201chands you can believe\u201d, as one art director put it.");

  static final List<String> PASTIMES =
      List.of(
          "Swims in the sea all year round.",
          "Travels with a film camera and too many socks 🧦.",
          "Vegetarian; allergic to feathers.",
          "Speaks three languages and understands a fourth.",
          "Open-water diver, licence up to 30 m.",
          "Lives with two greyhounds: Knäcke & Bröd.");

  static final List<String> EYES =
      List.of("Brown", "Blue", "Green", "Hazel", "Grey", "Blue-green", "Amber");

  static final List<String> HAIR =
      List.of("Brown", "Black", "Dark blonde", "Blonde", "Red", "Grey", "Shaved", "Copper");

  static final List<String> PLATFORMS =
      List.of("instagram", "tiktok", "youtube", "linkedin", "vimeo");

  static final List<String> CATEGORIES =
      List.of("Editorial", "Commercial", "Runway", "Beauté", "Polaroids", "Showreel");

  static final List<String> COLOURS =
      List.of("#1f6f8b", "#e07a5f", "#3d405b", "#81b29a", "#f2cc8f");

  static final List<String> SEASONS =
      List.of("Spring/Summer", "Autumn/Winter", "Resort", "Pre-Fall");

  static final List<String> SCENES =
      List.of(
          "Backstage",
          "On the roof",
          "Last light at the harbour",
          "Studio 4, first look",
          "Café crème",
          "Between two takes",
          "Behind the dunes");

  static final List<String> TAG_STYLES =
      words(
          "Studio Vintage Minimal Colour Mono Street Natural Bold Soft Graphic Nordic Summer Winter"
              + " Evening Sport Denim Silk Wool Leather Analogue");

  static final List<String> TAG_SUBJECTS =
      words(
          "Portrait Beauty Profile Close-up Full-length Movement Campaign Lookbook Runway Hands"
              + " Hair Make-up Duo Beach Interior");

  private BlueWords() {}

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }
}
