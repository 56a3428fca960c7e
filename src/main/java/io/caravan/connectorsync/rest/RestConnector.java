package io.caravan.connectorsync.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.connectorsync.vendor.ServiceAccounts;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.StopSignal;
import io.caravan.reach.Credentials;
import io.caravan.reach.Places;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Connectors of type {@code rest}: what routes ask. */
@Component
public final class RestConnector {
  private final RestProperties properties;
  private final ClientTokens tokens;
  private final ServiceAccounts accounts;
  private final Places servers = new Places();

  RestConnector(RestProperties properties, ClientTokens tokens, ServiceAccounts accounts) {
    this.properties = properties;
    this.tokens = tokens;
    this.accounts = accounts;
  }

  /**
   * @param config of a connector
   * @throws InvalidInputException names every field that is wrong and what to write there
   */
  public RestDeclaration declaration(JsonNode config) {
    return DeclarationReader.read(config);
  }

  /**
   * @param secrets the connector's credentials; an empty object for none
   * @throws InvalidInputException names what is missing or belongs to another kind of log-in
   */
  public Credentials credentials(RestDeclaration api, JsonNode secrets) {
    Auth auth = api.auth();
    return switch (auth.type()) {
      case NONE -> {
        needed(auth, secrets, List.of());
        yield Credentials.NONE;
      }
      case BASIC -> {
        List<String> names = List.of("username", "password");
        List<String> pair = needed(auth, secrets, names);
        yield Credentials.basic(pair.get(0), pair.get(1)).named(called(auth, names));
      }
      case BEARER -> {
        List<String> name = List.of("token");
        yield Credentials.bearer(needed(auth, secrets, name).getFirst()).named(called(auth, name));
      }
      case HEADER -> {
        List<String> name = List.of("value");
        yield Credentials.header(auth.header(), needed(auth, secrets, name).getFirst())
            .named(called(auth, name));
      }
      case OAUTH2 -> {
        List<String> pair = needed(auth, secrets, List.of("clientId", "clientSecret"));
        yield tokens.of(
            new ClientTokens.Client(
                auth.tokenUrl(), pair.get(0), pair.get(1), auth.scope(), auth.inBody()));
      }
      case GOOGLE -> {
        noOthers(auth, secrets, List.of(ServiceAccounts.SECRET));
        yield accounts.of(secrets.path(ServiceAccounts.SECRET).asText(), auth.scope());
      }
    };
  }

  /** What a log-in's secrets are called in the credentials. */
  private static List<String> called(Auth auth, List<String> names) {
    return names.stream().map(name -> auth.secrets().getOrDefault(name, name)).toList();
  }

  private static List<String> needed(Auth auth, JsonNode secrets, List<String> names) {
    List<String> called = called(auth, names);
    noOthers(auth, secrets, called);
    String type = auth.type().name().toLowerCase(Locale.ROOT);
    return called.stream().map(name -> needed(type, secrets, name)).toList();
  }

  private static void noOthers(Auth auth, JsonNode secrets, List<String> called) {
    TreeSet<String> others = new TreeSet<>();
    secrets.fieldNames().forEachRemaining(others::add);
    called.forEach(others::remove);
    String type = auth.type().name().toLowerCase(Locale.ROOT);
    if (!others.isEmpty()) {
      throw new InvalidInputException(
          "credentials.%s: does not belong to auth of type %s; remove it."
              .formatted(String.join(", credentials.", others), type));
    }
  }

  private static String needed(String type, JsonNode secrets, String name) {
    String value = secrets.path(name).asText();
    if (!secrets.path(name).isTextual() || value.isEmpty()) {
      throw new InvalidInputException(
          "credentials.%s: is missing; auth of type %s needs it.".formatted(name, type));
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidInputException(
          "credentials.%s: must not hold line ends or other control characters.".formatted(name));
    }
    return value;
  }

  /**
   * Begins to fetch a resource.
   *
   * @param since cursor that is stored with the dataset; null for none
   * @param syncsSinceFull how many syncs there were since everything was fetched
   */
  public RestPull pull(
      RestDeclaration api,
      Resource resource,
      Credentials credentials,
      String since,
      int syncsSinceFull,
      StopSignal stop) {
    boolean full = properties.fullEvery() > 0 && syncsSinceFull + 1 >= properties.fullEvery();
    return new RestPull(api, resource, credentials, since, full, properties.maxPages(), stop);
  }

  /** A place among the requests that the API's server takes in a second, of all connectors. */
  public Places.Place place(RestDeclaration api) {
    return servers.of(api.origin().toString(), api.requestsPerSecond());
  }
}
