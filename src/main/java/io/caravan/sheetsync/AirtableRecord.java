package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A record as Airtable answers it with {@code returnFieldsByFieldId=true}.
 *
 * @param id the record's id
 * @param fields values by field id; empty ones are left out
 * @param lastModified what the table's last-modified field says, or null when it has none
 */
public record AirtableRecord(String id, JsonNode fields, Instant lastModified) {}
