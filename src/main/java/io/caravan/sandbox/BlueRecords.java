package io.caravan.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The elements of the nine paths in one edition. A field that need not be there is left out of some
 * records and null in others, as sources do.
 */
record BlueRecords(BlueEdition edition) {
  private static final Instant FIRST_EDITION = Instant.parse("2026-01-05T08:30:00Z");
  private static final String FILES = "https://media.blue.example/";
  private static final double CM_PER_INCH = 2.54;
  private static final double LBS_PER_KG = 2.20462;

  Stream<BlueElement> boards() {
    return edition.boards().mapToObj(board -> json -> writeBoard(json, board));
  }

  Stream<BlueElement> boardsTalents() {
    return edition.boards().mapToObj(board -> json -> writeTalentsOn(json, board));
  }

  Stream<BlueElement> boardsPortfolios() {
    return edition.boards().mapToObj(board -> json -> writePortfoliosOn(json, board));
  }

  Stream<BlueElement> portfoliosMedia() {
    return edition
        .talents()
        .boxed()
        .flatMap(
            talent ->
                edition
                    .portfolios(talent)
                    .mapToObj(portfolio -> json -> writeMedia(json, talent, portfolio)));
  }

  Stream<BlueElement> mediaTags() {
    return edition
        .talents()
        .boxed()
        .flatMap(
            talent ->
                edition
                    .portfolios(talent)
                    .flatMap(portfolio -> edition.media(talent, portfolio))
                    .mapToObj(medium -> json -> writeTags(json, medium)));
  }

  Stream<BlueElement> talents() {
    return edition.talents().mapToObj(talent -> json -> writeTalent(json, talent));
  }

  Stream<BlueElement> talentsPortfolios() {
    return edition.talents().mapToObj(talent -> json -> writePortfoliosOf(json, talent));
  }

  Stream<BlueElement> talentsMeasurements() {
    return edition.talents().mapToObj(talent -> json -> writeMeasurements(json, talent));
  }

  Stream<BlueElement> talentsSocials() {
    return edition.talents().mapToObj(talent -> json -> writeSocials(json, talent));
  }

  private void writeBoard(JsonGenerator json, int board) throws IOException {
    int revision = edition.boardRevision(board);
    int place = board / BlueWords.DIVISIONS.size();
    String city = BlueWords.CITIES.get(place % BlueWords.CITIES.size());
    int round = place / BlueWords.CITIES.size();
    String division = BlueWords.DIVISIONS.get(board % BlueWords.DIVISIONS.size());
    String id = BlueTrait.BOARD_ID.id(board);
    json.writeStartObject();
    json.writeStringField("id", id);
    json.writeStringField("title", division + " " + city + (round == 0 ? "" : " " + (round + 1)));
    writeOptional(
        json,
        "description",
        board % 7 == 3
            ? null
            : "%s represented from our %s office. Selection no. %d."
                .formatted(division, city, revision + 1),
        board);
    writeOptional(
        json,
        "coverImage",
        board % 5 == 4 ? null : FILES + "boards/" + id + "/cover-" + revision + ".jpg",
        board);
    json.writeEndObject();
  }

  private void writeTalentsOn(JsonGenerator json, int board) throws IOException {
    json.writeStartObject();
    json.writeStringField("boardId", BlueTrait.BOARD_ID.id(board));
    json.writeArrayFieldStart("talents");
    for (PrimitiveIterator.OfInt talents = edition.talentsOn(board).iterator();
        talents.hasNext(); ) {
      json.writeStartObject();
      json.writeStringField("id", BlueTrait.TALENT_ID.id(talents.nextInt()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writePortfoliosOn(JsonGenerator json, int board) throws IOException {
    json.writeStartObject();
    json.writeStringField("boardId", BlueTrait.BOARD_ID.id(board));
    json.writeArrayFieldStart("portfolios");
    for (PrimitiveIterator.OfInt talents = edition.talentsOn(board).iterator();
        talents.hasNext(); ) {
      int talent = talents.nextInt();
      for (PrimitiveIterator.OfLong shown = edition.portfoliosOn(board, talent).iterator();
          shown.hasNext(); ) {
        json.writeStartObject();
        json.writeStringField("id", BlueTrait.PORTFOLIO_ID.id(shown.nextLong()));
        json.writeStringField("talentId", BlueTrait.TALENT_ID.id(talent));
        json.writeEndObject();
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeMedia(JsonGenerator json, int talent, long portfolio) throws IOException {
    json.writeStartObject();
    json.writeStringField("portfolioId", BlueTrait.PORTFOLIO_ID.id(portfolio));
    json.writeArrayFieldStart("media");
    int order = 0;
    for (PrimitiveIterator.OfLong media = edition.media(talent, portfolio).iterator();
        media.hasNext(); ) {
      writeMedium(json, media.nextLong(), order++);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeMedium(JsonGenerator json, long medium, int order) throws IOException {
    String id = BlueTrait.MEDIUM_ID.id(medium);
    boolean video = BlueTrait.MEDIUM_TYPE.happens(6, medium);
    boolean upright = BlueTrait.MEDIUM_TYPE.happens(70, ~medium);
    int longSide = video ? 1_920 : BlueTrait.MEDIUM_SIZE.between(1_800, 4_800, medium);
    int shortSide = video ? 1_080 : longSide * 2 / 3;
    String suffix = video ? ".mp4" : ".jpg";
    json.writeStartObject();
    json.writeStringField("id", id);
    json.writeStringField("type", video ? "video" : "image");
    json.writeStringField("url", FILES + "media/" + id + suffix);
    json.writeStringField(
        "filename",
        (video ? "MOV_" : "IMG_") + BlueTrait.MEDIUM_SIZE.between(1_000, 9_999, ~medium) + suffix);
    writeOptional(json, "coverImage", video ? FILES + "media/" + id + "-cover.jpg" : null, medium);
    json.writeNumberField("order", order);
    json.writeNumberField("width", upright ? shortSide : longSide);
    json.writeNumberField("height", upright ? longSide : shortSide);
    json.writeNumberField(
        "size",
        BlueTrait.MEDIUM_SIZE.between(9, 40, medium)
            * (long) longSide
            * shortSide
            / (video ? 1 : 60));
    writeOptional(json, "caption", caption(medium), medium);
    json.writeEndObject();
  }

  private static String caption(long medium) {
    return BlueTrait.CAPTION.happens(60, medium)
        ? null
        : BlueTrait.CAPTION.of(BlueWords.SCENES, medium)
            + ", "
            + BlueTrait.CAPTION.of(BlueWords.CITIES, ~medium);
  }

  private void writeTags(JsonGenerator json, long medium) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", BlueTrait.MEDIUM_ID.id(medium));
    json.writeArrayFieldStart("tags");
    for (PrimitiveIterator.OfInt tags = edition.tags(medium).iterator(); tags.hasNext(); ) {
      int tag = tags.nextInt();
      String name = tagName(tag);
      json.writeStartObject();
      json.writeStringField("id", BlueTrait.TAG_ID.id(tag));
      json.writeStringField("name", name);
      json.writeStringField("slug", name.toLowerCase(Locale.ROOT).replace(' ', '-'));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static String tagName(int tag) {
    int styles = BlueWords.TAG_STYLES.size();
    int subjects = BlueWords.TAG_SUBJECTS.size();
    int round = tag / (styles * subjects);
    return BlueWords.TAG_STYLES.get(tag % styles)
        + " "
        + BlueWords.TAG_SUBJECTS.get(tag / styles % subjects)
        + (round == 0 ? "" : " " + (round + 1));
  }

  private void writeTalent(JsonGenerator json, int talent) throws IOException {
    String id = BlueTrait.TALENT_ID.id(talent);
    Integer gender = BlueEdition.gender(talent);
    int type = BlueEdition.talentType(talent);
    json.writeStartObject();
    json.writeStringField("id", id);
    json.writeStringField("firstName", firstName(talent));
    json.writeStringField("lastName", lastName(talent));
    json.writeNumberField("talentUserNumber", 10_001 + talent);
    writeOptional(json, "bio", bio(talent), talent);
    writeOptional(
        json,
        "profileImage",
        talent % 12 == 7
            ? null
            : FILES + "talents/" + id + "/profile-" + edition.revision(talent) + ".jpg",
        talent);
    writeOptional(json, "gender", gender == null ? null : BlueWords.GENDERS.get(gender), talent);
    writeOptional(
        json,
        "pronouns",
        gender == null || talent % 3 == 0 ? null : BlueWords.PRONOUNS.get(gender),
        talent);
    json.writeObjectFieldStart("talentType");
    json.writeStringField("id", BlueTrait.TALENT_TYPE_ID.id(type));
    json.writeStringField("name", BlueWords.TALENT_TYPES.get(type));
    json.writeEndObject();
    json.writeEndObject();
  }

  private String bio(int talent) {
    if (talent % 4 == 1) {
      return null;
    }
    long state = edition.state(talent);
    return "%s was born in %s and %s.\n\n%s %s"
        .formatted(
            firstName(talent),
            BlueTrait.BIO.of(BlueWords.CITIES, talent),
            BlueTrait.BIO.of(BlueWords.TRAINING, talent),
            BlueTrait.BIO.of(BlueWords.WORK, state),
            BlueTrait.BIO.of(BlueWords.PASTIMES, ~state));
  }

  private static String firstName(int talent) {
    Integer gender = BlueEdition.gender(talent);
    boolean fromWomen = gender == null || gender == 2 ? talent % 2 == 0 : gender == 0;
    return BlueTrait.FIRST_NAME.of(fromWomen ? BlueWords.WOMEN : BlueWords.MEN, talent);
  }

  private static String lastName(int talent) {
    return BlueTrait.LAST_NAME.of(BlueWords.LAST_NAMES, talent);
  }

  private void writePortfoliosOf(JsonGenerator json, int talent) throws IOException {
    json.writeStartObject();
    json.writeStringField("talentId", BlueTrait.TALENT_ID.id(talent));
    json.writeArrayFieldStart("portfolios");
    boolean isDefault = true;
    for (PrimitiveIterator.OfLong portfolios = edition.portfolios(talent).iterator();
        portfolios.hasNext(); ) {
      writePortfolio(json, talent, portfolios.nextLong(), isDefault);
      isDefault = false;
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writePortfolio(JsonGenerator json, int talent, long portfolio, boolean isDefault)
      throws IOException {
    String id = BlueTrait.PORTFOLIO_ID.id(portfolio);
    int category = BlueTrait.CATEGORY.below(BlueWords.CATEGORIES.size(), portfolio);
    int year = BlueTrait.SEASON.between(2019, 2026, portfolio);
    json.writeStartObject();
    json.writeStringField("id", id);
    json.writeStringField(
        "title",
        "%s – %s %d"
            .formatted(
                BlueWords.CATEGORIES.get(category),
                BlueTrait.SEASON.of(BlueWords.SEASONS, ~portfolio),
                year));
    writeOptional(
        json,
        "description",
        portfolio % 3 == 0
            ? null
            : "%s %s, %s. Selection no. %d."
                .formatted(
                    firstName(talent),
                    lastName(talent),
                    BlueTrait.SEASON.of(BlueWords.CITIES, portfolio),
                    edition.revision(talent) + 1),
        portfolio);
    writeOptional(
        json,
        "coverImage",
        portfolio % 9 == 2 ? null : FILES + "portfolios/" + id + "/cover.jpg",
        portfolio);
    json.writeBooleanField("isDefault", isDefault);
    if (portfolio % 8 != 5) {
      writeCategory(json, category);
    }
    json.writeEndObject();
  }

  private static void writeCategory(JsonGenerator json, int category) throws IOException {
    json.writeObjectFieldStart("category");
    json.writeStringField("id", BlueTrait.CATEGORY_ID.id(category));
    json.writeStringField("name", BlueWords.CATEGORIES.get(category));
    writeOptional(
        json,
        "color",
        category < BlueWords.COLOURS.size() ? BlueWords.COLOURS.get(category) : null,
        category);
    json.writeEndObject();
  }

  private void writeMeasurements(JsonGenerator json, int talent) throws IOException {
    String id = BlueTrait.TALENT_ID.id(talent);
    json.writeStartObject();
    json.writeStringField("id", id);
    if (talent % 11 == 6) {
      writeOptional(json, "measurements", null, talent);
    } else {
      json.writeObjectFieldStart("measurements");
      json.writeStringField("id", BlueTrait.MEASUREMENT_ID.id(talent));
      json.writeStringField("userTalentId", id);
      writeBody(json, talent);
      json.writeStringField("createdAt", createdAt(talent).toString());
      json.writeStringField("updatedAt", updatedAt(talent).toString());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void writeBody(JsonGenerator json, int talent) throws IOException {
    Integer gender = BlueEdition.gender(talent);
    boolean man = gender != null && gender == 1;
    long state = edition.state(talent);
    int height = BlueTrait.BODY.between(man ? 180 : 169, man ? 194 : 183, talent);
    int weight = height - (man ? 108 : 118) + BlueTrait.BODY.below(9, state);
    int bust = (man ? 90 : 78) + BlueTrait.BODY.below(14, ~state);
    int waist = (man ? 72 : 58) + BlueTrait.BODY.below(12, state + 1);
    int hips = (man ? 88 : 85) + BlueTrait.BODY.below(13, state + 2);
    int shoe = (man ? 41 : 37) + BlueTrait.BODY.below(6, ~talent);
    long inches = Math.round(height / CM_PER_INCH);
    json.writeNumberField("heightCm", height);
    json.writeNumberField("weightKg", weight);
    json.writeNumberField("bustCm", bust);
    json.writeNumberField("waistCm", waist);
    json.writeNumberField("hipsCm", hips);
    json.writeNumberField("shoeSizeEu", shoe);
    json.writeStringField("heightFtIn", inches / 12 + "'" + inches % 12 + "\"");
    json.writeNumberField("weightLbs", Math.round(weight * LBS_PER_KG));
    json.writeNumberField("bustIn", inHalfInches(bust));
    json.writeNumberField("waistIn", inHalfInches(waist));
    json.writeNumberField("hipsIn", inHalfInches(hips));
    json.writeNumberField("shoeSizeUs", man ? shoe - 33.0 : shoe - 30.5);
    json.writeStringField("eyeColor", BlueTrait.EYES.of(BlueWords.EYES, talent));
    json.writeStringField("hairColor", BlueTrait.HAIR.of(BlueWords.HAIR, state));
  }

  private static double inHalfInches(int cm) {
    return Math.round(cm / CM_PER_INCH * 2) / 2.0;
  }

  private static Instant createdAt(int talent) {
    return FIRST_EDITION.minus(
        Duration.ofMinutes(BlueTrait.DATE.between(1_440, 2_000_000, talent)));
  }

  /** One edition is one day later than the other. */
  private Instant updatedAt(int talent) {
    return edition.revision(talent) == 0
        ? createdAt(talent)
        : FIRST_EDITION.plus(Duration.ofDays(edition.lastChanged(talent)));
  }

  private void writeSocials(JsonGenerator json, int talent) throws IOException {
    String username = username(talent);
    json.writeStartObject();
    json.writeStringField("id", BlueTrait.TALENT_ID.id(talent));
    json.writeArrayFieldStart("socials");
    for (PrimitiveIterator.OfInt platforms = platforms(talent).iterator(); platforms.hasNext(); ) {
      String platform = BlueWords.PLATFORMS.get(platforms.nextInt());
      json.writeStartObject();
      json.writeStringField("platform", platform);
      json.writeStringField("username", username);
      json.writeStringField("url", "https://" + platform + ".example/@" + username);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** The first platforms have more users than the last. */
  private IntStream platforms(int talent) {
    int all = BlueWords.PLATFORMS.size();
    return IntStream.range(0, all)
        .filter(
            platform ->
                BlueTrait.PLATFORM.happens(
                    85 - 18 * platform, edition.state(talent) * all + platform));
  }

  private static String username(int talent) {
    String name = firstName(talent) + "." + lastName(talent);
    String plain =
        Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
            .replace("ø", "o")
            .replace("ł", "l")
            .replace("đ", "d")
            .replace("ß", "ss");
    return plain.replaceAll("[^a-z.]", "") + talent % 89;
  }

  private static void writeOptional(JsonGenerator json, String field, String value, long number)
      throws IOException {
    if (value != null) {
      json.writeStringField(field, value);
    } else if (BlueTrait.ABSENCE.happens(50, number)) {
      json.writeNullField(field);
    }
  }
}
