package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Airtable's field types, one a row: its name in the field model, whether we write it, and how its
 * values are read and shown. Attachments, collaborators and barcodes could be written and are not
 * (requirements of sheetsync, section 2): a sheet cannot say what they need.
 */
enum FieldType {
  SINGLE_LINE_TEXT("singleLineText", true, _ -> new TextCodec(false)),
  MULTILINE_TEXT("multilineText", true, _ -> new TextCodec(false)),
  RICH_TEXT("richText", true, _ -> new TextCodec(true)),
  EMAIL("email", true, _ -> new TextCodec(false)),
  URL("url", true, _ -> new TextCodec(false)),
  PHONE_NUMBER("phoneNumber", true, _ -> new TextCodec(false)),
  NUMBER("number", true, options -> NumberCodec.ofDecimals(precision(options))),
  CURRENCY("currency", true, FieldType::currency),
  PERCENT("percent", true, FieldType::percent),
  DURATION("duration", true, FieldType::duration),
  RATING("rating", true, FieldType::rating),
  CHECKBOX("checkbox", true, _ -> new CheckboxCodec()),
  SINGLE_SELECT("singleSelect", true, options -> new SelectCodec(new Choices(options))),
  MULTIPLE_SELECTS("multipleSelects", true, options -> new MultiSelectCodec(new Choices(options))),
  DATE("date", true, _ -> new DateCodec()),
  DATE_TIME("dateTime", true, MomentCodec::of),
  MULTIPLE_RECORD_LINKS("multipleRecordLinks", true, (_, linked) -> new LinkCodec(linked)),
  MULTIPLE_ATTACHMENTS("multipleAttachments", false, _ -> new ShownCodec()),
  SINGLE_COLLABORATOR("singleCollaborator", false, _ -> new ShownCodec()),
  MULTIPLE_COLLABORATORS("multipleCollaborators", false, _ -> new ShownCodec()),
  BARCODE("barcode", false, _ -> new ShownCodec()),
  FORMULA("formula", false, FieldType::computed),
  ROLLUP("rollup", false, FieldType::computed),
  MULTIPLE_LOOKUP_VALUES("multipleLookupValues", false, FieldType::computed),
  COUNT("count", false, _ -> NumberCodec.ofDecimals(0)),
  AUTO_NUMBER("autoNumber", false, _ -> NumberCodec.ofDecimals(0)),
  CREATED_TIME("createdTime", false, FieldType::time),
  LAST_MODIFIED_TIME("lastModifiedTime", false, FieldType::time),
  CREATED_BY("createdBy", false, _ -> new ShownCodec()),
  LAST_MODIFIED_BY("lastModifiedBy", false, _ -> new ShownCodec()),
  BUTTON("button", false, _ -> new ShownCodec()),
  EXTERNAL_SYNC_SOURCE("externalSyncSource", false, _ -> new ShownCodec()),
  AI_TEXT("aiText", false, _ -> new ShownCodec()),

  /** Airtable may bring new types at any time: shown as they come and never written. */
  UNKNOWN("", false, _ -> new ShownCodec());

  /** A percentage of one decimal is a fraction of three. */
  private static final int DECIMALS_OF_A_PERCENT = 2;

  private static final int STARS = 5;

  private static final Map<String, FieldType> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(type -> type.apiName, Function.identity()));

  private final String apiName;
  private final boolean writable;
  private final BiFunction<JsonNode, LinkedTable, FieldCodec> codec;

  FieldType(String apiName, boolean writable, Function<JsonNode, FieldCodec> codec) {
    this(apiName, writable, (options, _) -> codec.apply(options));
  }

  FieldType(String apiName, boolean writable, BiFunction<JsonNode, LinkedTable, FieldCodec> codec) {
    this.apiName = apiName;
    this.writable = writable;
    this.codec = codec;
  }

  static FieldType of(String apiName) {
    return BY_NAME.getOrDefault(apiName, UNKNOWN);
  }

  boolean writable() {
    return writable;
  }

  /**
   * @param options of the field, a missing node where it has none
   * @param linked the table that a link field points to; empty shows ids
   */
  FieldCodec codec(JsonNode options, LinkedTable linked) {
    return codec.apply(options, linked);
  }

  private static Integer precision(JsonNode options) {
    return options.path("precision").isNumber() ? options.path("precision").intValue() : null;
  }

  private static FieldCodec currency(JsonNode options) {
    return new NumberCodec(precision(options), options.path("symbol").asText(), null, null);
  }

  private static FieldCodec percent(JsonNode options) {
    Integer precision = precision(options);
    return NumberCodec.ofDecimals(precision == null ? null : precision + DECIMALS_OF_A_PERCENT);
  }

  /** The format is {@code h:mm}, {@code h:mm:ss} or with up to three decimals behind. */
  private static FieldCodec duration(JsonNode options) {
    String format = options.path("durationFormat").asText();
    int point = format.indexOf('.');
    return new DurationCodec(
        NumberCodec.ofDecimals(point < 0 ? 0 : format.length() - point - 1), format.equals("h:mm"));
  }

  private static FieldCodec rating(JsonNode options) {
    return new NumberCodec(
        0, null, BigDecimal.ONE, BigDecimal.valueOf(options.path("max").asInt(STARS)));
  }

  private static FieldCodec time(JsonNode options, LinkedTable linked) {
    return options.path("result").isObject()
        ? computed(options, linked)
        : new MomentCodec(ZoneOffset.UTC);
  }

  private static FieldCodec computed(JsonNode options, LinkedTable linked) {
    JsonNode result = options.path("result");
    FieldType type = of(result.path("type").asText());
    return type.writable && type != CHECKBOX
        ? new ComputedCodec(type.codec(result.path("options"), linked), new ShownCodec())
        : new ShownCodec();
  }
}
