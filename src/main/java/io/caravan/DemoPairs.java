package io.caravan;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.airtable.AirtableProperties;
import io.caravan.connection.AirtableConnections;
import io.caravan.connection.GoogleConnections;
import io.caravan.sandbox.AirtableServer;
import io.caravan.sandbox.SheetsServer;
import io.caravan.sandbox.VelohavenOffice;
import io.caravan.sheets.SheetsProperties;
import io.caravan.sheetsync.SyncConfig;
import io.caravan.sheetsync.SyncConfigs;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Three pairs of a table and a sheet, one for each direction, of an owner who has connected both
 * stand-ins. They are set up before the first schedule can fire.
 */
@Component
@Profile("demo")
@ConditionalOnWebApplication
class DemoPairs implements InitializingBean {
  /** Whom the demo's accounts and sync configs belong to. */
  static final String OWNER = "velohaven";

  /** Airtable's stand-in takes it. */
  static final String AIRTABLE_TOKEN = "patDemo";

  private static final String GOOGLE_TOKEN = "ya29.demo";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AirtableServer airtable;
  private final SheetsServer sheets;
  private final AirtableConnections airtableConnections;
  private final GoogleConnections googleConnections;
  private final SyncConfigs configs;
  private final boolean reached;
  private String pageUrl;
  private String baseId;

  DemoPairs(
      ObjectProvider<AirtableServer> airtable,
      ObjectProvider<SheetsServer> sheets,
      AirtableConnections airtableConnections,
      GoogleConnections googleConnections,
      SyncConfigs configs,
      AirtableProperties airtableProperties,
      SheetsProperties sheetsProperties) {
    this.airtable = airtable.getIfAvailable();
    this.sheets = sheets.getIfAvailable();
    this.airtableConnections = airtableConnections;
    this.googleConnections = googleConnections;
    this.configs = configs;
    this.reached =
        this.airtable != null
            && this.sheets != null
            && URI.create(this.airtable.apiUrl()).equals(airtableProperties.apiUrl())
            && URI.create(this.sheets.apiUrl()).equals(sheetsProperties.apiUrl());
  }

  /**
   * The stand-ins begin anew with each process, so the pairs of an earlier one would find both
   * sides empty: their place is taken by new ones, also where a user changed them. Nothing is set
   * up where the settings lead to somebody's real accounts.
   */
  @Override
  public void afterPropertiesSet() {
    configs.list().stream()
        .filter(config -> config.ownerId().equals(OWNER))
        .map(SyncConfig::id)
        .forEach(configs::delete);
    if (!reached) {
      return;
    }
    VelohavenOffice office = new VelohavenOffice(airtable, sheets);
    office.open(AIRTABLE_TOKEN, GOOGLE_TOKEN);
    baseId = office.baseId();
    airtableConnections.create(Map.of("ownerId", OWNER, "accessToken", AIRTABLE_TOKEN));
    googleConnections.create(Map.of("ownerId", OWNER, "accessToken", GOOGLE_TOKEN));
    office.pairs().forEach(pair -> configs.create(body(office, pair.deepCopy())));
    pageUrl = sheets.showBeside(airtable);
  }

  private static Map<String, Object> body(VelohavenOffice office, ObjectNode pair) {
    pair.put("ownerId", OWNER)
        .put("airtableBaseId", office.baseId())
        .put("googleSpreadsheetId", office.spreadsheetId())
        .put("isActive", true);
    return JSON.convertValue(pair, new TypeReference<LinkedHashMap<String, Object>>() {});
  }

  /** The base in Airtable's stand-in; empty when there are no pairs. */
  Optional<String> baseId() {
    return Optional.ofNullable(baseId);
  }

  /** Where both sides can be seen and edited; empty when there are no pairs. */
  Optional<String> pageUrl() {
    return Optional.ofNullable(pageUrl);
  }
}
