package io.caravan.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The nine paths. The array stands bare, under {@code data}, under the entity's name, or as the
 * first array among other values: the paths differ on purpose, because the real ones do.
 */
enum BluePath {
  BOARDS("boards", null, false, BlueRecords::boards),
  BOARDS_TALENTS("boards/talents", "boardsTalents", false, BlueRecords::boardsTalents),
  BOARDS_PORTFOLIOS("boards/portfolios", "data", false, BlueRecords::boardsPortfolios),
  PORTFOLIOS_MEDIA("portfolios/media", "data", true, BlueRecords::portfoliosMedia),
  MEDIA_TAGS("portfolios/media/tags", "items", true, BlueRecords::mediaTags),
  TALENTS("talents", "talents", true, BlueRecords::talents),
  TALENTS_PORTFOLIOS("talents/portfolios", null, false, BlueRecords::talentsPortfolios),
  TALENTS_MEASUREMENTS(
      "talents/measurements", "talentsMeasurements", false, BlueRecords::talentsMeasurements),
  TALENTS_SOCIALS("talents/socials", "result", true, BlueRecords::talentsSocials);

  private static final String PREFIX = "/api/v1/public/";

  private final String path;
  private final String arrayName;
  private final boolean precededByOthers;
  private final Function<BlueRecords, Stream<BlueElement>> elements;

  BluePath(
      String path,
      String arrayName,
      boolean precededByOthers,
      Function<BlueRecords, Stream<BlueElement>> elements) {
    this.path = PREFIX + path;
    this.arrayName = arrayName;
    this.precededByOthers = precededByOthers;
    this.elements = elements;
  }

  static Optional<BluePath> at(String path) {
    return Arrays.stream(values()).filter(known -> known.path.equals(path)).findFirst();
  }

  String path() {
    return path;
  }

  Stream<BlueElement> elements(BlueEdition edition) {
    return elements.apply(new BlueRecords(edition));
  }

  /**
   * Writes one body.
   *
   * @param tail stands after the array, such as the next page; a bare array that has one moves into
   *     an object under {@code data}
   */
  void write(
      JsonGenerator json, int edition, Iterable<BlueElement> elements, Map<String, String> tail)
      throws IOException {
    boolean bare = arrayName == null && tail.isEmpty();
    if (!bare) {
      json.writeStartObject();
      if (precededByOthers) {
        json.writeBooleanField("success", true);
        json.writeObjectFieldStart("meta");
        json.writeNumberField("edition", edition);
        json.writeEndObject();
      }
      json.writeFieldName(arrayName == null ? "data" : arrayName);
    }
    json.writeStartArray();
    for (BlueElement element : elements) {
      element.write(json);
    }
    json.writeEndArray();
    if (!bare) {
      for (Map.Entry<String, String> field : tail.entrySet()) {
        json.writeStringField(field.getKey(), field.getValue());
      }
      json.writeEndObject();
    }
  }
}
