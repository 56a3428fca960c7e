package io.caravan.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a big agency has, computed from its size: as the source tells it in JSON of about 300 bytes
 * a record, and as the rows that the tables must hold, in the text form of COPY.
 *
 * @param size records in all; each becomes one row, and the first hundred of the tags' path another
 */
record BigRecords(long size) {
  /** The edition stands behind it in five digits, in every record. */
  static final char MARK = '~';

  static final String FIRST_EDITION = MARK + "00001";

  private static final long TAGS = 100;

  private static final String[] WORDS =
      ("Malmö Århus Łódź Oslo Gent Graz Köln Bern model actor dancer singer writer since with for"
              + " and editorial runway campaign portrait studio summer winter agency board cover"
              + " lookbook fitness beauty casting street")
          .split(" ");

  /** A path of the source: how many percent of the records are its, and what they become. */
  enum Source {
    TALENTS("talents", 15, "talents"),
    BOARDS("boards", 2, "boards"),
    MEDIA_TAGS("portfolios/media/tags", 15, "media_tags", "media_tags_junction"),
    TALENTS_PORTFOLIOS("talents/portfolios", 13, "talents_portfolios"),
    PORTFOLIOS_MEDIA("portfolios/media", 25, "portfolios_media"),
    TALENTS_MEASUREMENTS("talents/measurements", 5, "talents_measurements"),
    TALENTS_SOCIALS("talents/socials", 5, "talents_socials"),
    BOARDS_TALENTS("boards/talents", 10, "boards_talents"),
    BOARDS_PORTFOLIOS("boards/portfolios", 10, "boards_portfolios");

    private final String path;
    private final int percent;
    private final List<String> entities;

    Source(String path, int percent, String... entities) {
      this.path = "/api/v1/public/" + path;
      this.percent = percent;
      this.entities = List.of(entities);
    }

    String path() {
      return path;
    }

    /** The first of them names the raw JSON. */
    List<String> entities() {
      return entities;
    }

    static Source of(String entity) {
      return Stream.of(values()).filter(s -> s.entities.contains(entity)).findFirst().orElseThrow();
    }
  }

  /** An object of JSON that is being written. */
  private static final class Fields {
    private final StringBuilder json = new StringBuilder(400).append('{');

    Fields with(String name, Object value) {
      json.append(json.length() == 1 ? "\"" : ",\"").append(name).append("\":");
      if (value instanceof String text) {
        json.append('"').append(text.replace("\"", "\\\"")).append('"');
      } else {
        json.append(value);
      }
      return this;
    }

    @Override
    public String toString() {
      return json + "}";
    }
  }

  /** A value that is JSON already. */
  private record Json(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  static List<String> entities() {
    return Stream.of(Source.values()).flatMap(source -> source.entities().stream()).toList();
  }

  long records(Source source) {
    return size * source.percent / 100;
  }

  long rows(String entity) {
    long records = records(Source.of(entity));
    return entity.equals("media_tags") ? Math.min(TAGS, records) : records;
  }

  String json(Source source, long i) {
    return fields(source, i).toString();
  }

  private Fields fields(Source source, long i) {
    return switch (source) {
      case TALENTS -> talent(i);
      case BOARDS ->
          new Fields()
              .with("id", id("b", i))
              .with("title", "Board " + i)
              .with("description", said(i))
              .with("coverImage", image(i));
      case MEDIA_TAGS ->
          new Fields()
              .with("id", id("m", i % records(Source.PORTFOLIOS_MEDIA)))
              .with("filler", said(i))
              .with("tags", list(tag(i)));
      case TALENTS_PORTFOLIOS ->
          new Fields().with("talentId", talentId(i)).with("portfolios", list(portfolio(i)));
      case PORTFOLIOS_MEDIA ->
          new Fields().with("portfolioId", portfolioId(i)).with("media", list(medium(i)));
      case TALENTS_MEASUREMENTS ->
          new Fields().with("id", talentId(i)).with("measurements", measurements(i));
      case TALENTS_SOCIALS ->
          new Fields()
              .with("id", talentId(i))
              .with("filler", said(i))
              .with("socials", list(social(i)));
      case BOARDS_TALENTS ->
          new Fields().with("boardId", boardId(i)).with("talents", list(talentOnBoard(i)));
      case BOARDS_PORTFOLIOS ->
          new Fields().with("boardId", boardId(i)).with("portfolios", list(portfolioOnBoard(i)));
    };
  }

  String row(String entity, long i) {
    return switch (entity) {
      case "talents" ->
          row(talentId(i), "Åsa", "Nr " + i, i, said(i), image(i), "female", "she/her", "Model");
      case "boards" -> row(id("b", i), "Board " + i, said(i), image(i));
      case "media_tags" -> row(id("g", i), "Tag " + i + " " + FIRST_EDITION, "tag-" + i);
      case "media_tags_junction" ->
          row(id("m", i % records(Source.PORTFOLIOS_MEDIA)), id("g", i % TAGS));
      case "talents_portfolios" ->
          row(id("p", i), talentId(i), "Book " + i, said(i), i % 3 == 0, null, image(i));
      case "portfolios_media" ->
          row(
              id("m", i),
              portfolioId(i),
              "image",
              image(i),
              i + ".jpg",
              null,
              i % 20,
              1920,
              1080,
              3_000_000_000L + i,
              said(i));
      case "talents_measurements" ->
          row(
              id("x", i),
              talentId(i),
              tenths(1700 + i % 200),
              tenths(600 + i % 200),
              tenths(850 + i % 100),
              tenths(650 + i % 100),
              tenths(880 + i % 100),
              38,
              "5'9\"",
              null,
              null,
              null,
              null,
              null,
              FIRST_EDITION,
              "brown",
              "2026-01-05 08:30:00+00",
              "2026-02-05 08:30:00+00");
      case "talents_socials" ->
          row(talentId(i), "instagram", "user-" + i + FIRST_EDITION, image(i));
      case "boards_talents" -> row(boardId(i), talentId(i));
      case "boards_portfolios" -> row(boardId(i), portfolioId(i), talentId(i));
      default -> throw new IllegalArgumentException(entity);
    };
  }

  private Fields talent(long i) {
    return new Fields()
        .with("id", talentId(i))
        .with("firstName", "Åsa")
        .with("lastName", "Nr " + i)
        .with("talentUserNumber", "" + i)
        .with("bio", said(i))
        .with("profileImage", image(i))
        .with("gender", "female")
        .with("pronouns", "she/her")
        .with("talentType", new Fields().with("id", "1").with("name", "Model"));
  }

  private static Fields tag(long i) {
    long tag = i % TAGS;
    return new Fields()
        .with("id", id("g", tag))
        .with("name", "Tag " + tag + " " + FIRST_EDITION)
        .with("slug", "tag-" + tag);
  }

  private static Fields portfolio(long i) {
    return new Fields()
        .with("id", id("p", i))
        .with("title", "Book " + i)
        .with("description", said(i))
        .with("isDefault", i % 3 == 0)
        .with("category", null)
        .with("coverImage", image(i));
  }

  private static Fields medium(long i) {
    return new Fields()
        .with("id", id("m", i))
        .with("type", "image")
        .with("url", image(i))
        .with("filename", i + ".jpg")
        .with("coverImage", null)
        .with("order", i % 20)
        .with("width", 1920)
        .with("height", 1080)
        .with("size", 3_000_000_000L + i)
        .with("caption", said(i));
  }

  private static Fields measurements(long i) {
    return new Fields()
        .with("id", id("x", i))
        .with("heightCm", tenths(1700 + i % 200))
        .with("weightKg", tenths(600 + i % 200))
        .with("bustCm", tenths(850 + i % 100))
        .with("waistCm", tenths(650 + i % 100))
        .with("hipsCm", tenths(880 + i % 100))
        .with("shoeSizeEu", 38)
        .with("heightFtIn", "5'9\"")
        .with("weightLbs", null)
        .with("eyeColor", FIRST_EDITION)
        .with("hairColor", "brown")
        .with("createdAt", "2026-01-05T08:30:00Z")
        .with("updatedAt", "2026-02-05T08:30:00Z");
  }

  private static Fields social(long i) {
    return new Fields()
        .with("platform", "instagram")
        .with("username", "user-" + i + FIRST_EDITION)
        .with("url", image(i));
  }

  private Fields talentOnBoard(long i) {
    return new Fields()
        .with("id", talentId(i))
        .with("firstName", "Åsa")
        .with("lastName", "Nr " + i)
        .with("profileImage", image(i))
        .with("bio", said(i));
  }

  private Fields portfolioOnBoard(long i) {
    return new Fields()
        .with("id", portfolioId(i))
        .with("talentId", talentId(i))
        .with("title", "Book " + i)
        .with("filler", said(i));
  }

  private static Json list(Fields only) {
    return new Json("[" + only + "]");
  }

  /** As long as the identifiers of real agencies, and rising as theirs do. */
  private static String id(String prefix, long number) {
    String digits = Long.toString(number);
    return prefix + "0".repeat(24 - digits.length()) + digits;
  }

  private String talentId(long i) {
    return id("t", i % records(Source.TALENTS));
  }

  private String portfolioId(long i) {
    return id("p", i % records(Source.TALENTS_PORTFOLIOS));
  }

  /** Together with the number of anything else that is put on boards, never the same pair twice. */
  private String boardId(long i) {
    return id("b", i % records(Source.BOARDS));
  }

  private static String image(long i) {
    return "https://cdn.example.com/" + Long.toHexString(mixed(i)) + "/cover.jpg";
  }

  private static String said(long i) {
    long mixed = mixed(-1 - i);
    StringBuilder said = new StringBuilder(FIRST_EDITION);
    for (int word = 0; word < 8; word++) {
      said.append(' ').append(WORDS[(int) (mixed >>> 5 * word) & WORDS.length - 1]);
    }
    return said.toString();
  }

  /** The same for the same number, and otherwise without a pattern that could be compressed. */
  private static long mixed(long number) {
    long mixed = (number + 1) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    return mixed ^ mixed >>> 27;
  }

  private static Json tenths(long value) {
    return new Json(value / 10 + "." + (1 + value % 9));
  }

  private static String row(Object... values) {
    return Arrays.stream(values)
        .map(value -> value == null ? "\\N" : value.toString())
        .collect(Collectors.joining("\t", "", "\n"));
  }
}
