package io.caravan.connectorsync.rest;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.web.util.UriUtils;

/**
 * Names under which people send secrets. What stands in a config is neither encrypted nor hidden,
 * and addresses are logged.
 */
final class SecretNames {
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)(?:proxy-)?authorization|cookie|.*(?:passw|secret|token|credential|api[_-]?key|access[_-]?key).*");

  private static final Pattern BETWEEN_PARAMETERS = Pattern.compile("[&;]");

  private SecretNames() {}

  /** Whether a header or parameter of this name holds a secret, as it looks. */
  static boolean isOne(String name) {
    return SECRET.matcher(name).matches();
  }

  /** Whether the address has such a parameter, however it is encoded. */
  static boolean isInQuery(URI address) {
    String query = address.getRawQuery();
    return query != null
        && BETWEEN_PARAMETERS
            .splitAsStream(query)
            .map(parameter -> parameter.replaceFirst("=.*", ""))
            .anyMatch(name -> isOne(UriUtils.decode(name, StandardCharsets.UTF_8)));
  }
}
