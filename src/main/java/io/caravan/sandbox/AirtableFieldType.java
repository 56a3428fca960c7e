package io.caravan.sandbox;

import java.util.Arrays;
import java.util.Optional;

/** Every type of field that Airtable documents, by its name in the API. */
public enum AirtableFieldType {
  SINGLE_LINE_TEXT("singleLineText", false),
  MULTILINE_TEXT("multilineText", false),
  RICH_TEXT("richText", false),
  EMAIL("email", false),
  URL("url", false),
  PHONE_NUMBER("phoneNumber", false),
  NUMBER("number", false),
  CURRENCY("currency", false),
  PERCENT("percent", false),
  DURATION("duration", false),
  RATING("rating", false),
  CHECKBOX("checkbox", false),
  SINGLE_SELECT("singleSelect", false),
  MULTIPLE_SELECTS("multipleSelects", false),
  DATE("date", false),
  DATE_TIME("dateTime", false),
  MULTIPLE_RECORD_LINKS("multipleRecordLinks", false),
  MULTIPLE_ATTACHMENTS("multipleAttachments", false),
  SINGLE_COLLABORATOR("singleCollaborator", false),
  MULTIPLE_COLLABORATORS("multipleCollaborators", false),
  BARCODE("barcode", false),
  FORMULA("formula", true),
  ROLLUP("rollup", true),
  MULTIPLE_LOOKUP_VALUES("multipleLookupValues", true),
  COUNT("count", true),
  CREATED_TIME("createdTime", true),
  LAST_MODIFIED_TIME("lastModifiedTime", true),
  CREATED_BY("createdBy", true),
  LAST_MODIFIED_BY("lastModifiedBy", true),
  AUTO_NUMBER("autoNumber", true),
  BUTTON("button", true),
  EXTERNAL_SYNC_SOURCE("externalSyncSource", true),
  AI_TEXT("aiText", true);

  private final String apiName;
  private final boolean computed;

  AirtableFieldType(String apiName, boolean computed) {
    this.apiName = apiName;
    this.computed = computed;
  }

  /** As in the {@code type} of the metadata API. */
  public String apiName() {
    return apiName;
  }

  /** Whether Airtable itself says what stands in it, so that no caller may write it. */
  public boolean isComputed() {
    return computed;
  }

  static Optional<AirtableFieldType> named(String apiName) {
    return Arrays.stream(values()).filter(type -> type.apiName.equals(apiName)).findFirst();
  }
}
