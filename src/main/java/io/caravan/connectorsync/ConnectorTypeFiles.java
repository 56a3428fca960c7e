package io.caravan.connectorsync;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** Where connector types are: what is packed, and over it the folder where people add theirs. */
@Component
public class ConnectorTypeFiles {
  private static final Pattern NAME =
      Pattern.compile("([a-z][a-z0-9-]{0,49})\\.(schema\\.json|camel\\.yaml)");

  private final PathMatchingResourcePatternResolver resolver =
      new PathMatchingResourcePatternResolver();
  private final String folder;

  ConnectorTypeFiles(@Value("${caravan.connectorsync.types}") String folder) {
    this.folder = folder;
  }

  /**
   * The two files of a type; one that is missing is null.
   *
   * @param route a Camel route template
   * @param schema a JSON Schema
   */
  public record TypeFiles(Resource route, Resource schema) {}

  /**
   * How the files of a type are called: the seed writes PRODUCT_CATALOG where the file is
   * product-catalog.
   */
  public static String name(String type) {
    return type.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** By the type's name. */
  public Map<String, TypeFiles> found() {
    Map<String, TypeFiles> types = new TreeMap<>();
    for (String place : new String[] {"classpath:routes/connectors/", "file:" + folder + "/"}) {
      for (Resource file : files(place)) {
        Matcher name = NAME.matcher(file.getFilename());
        if (name.matches()) {
          TypeFiles known = types.getOrDefault(name.group(1), new TypeFiles(null, null));
          types.put(
              name.group(1),
              name.group(2).equals("schema.json")
                  ? new TypeFiles(known.route(), file)
                  : new TypeFiles(file, known.schema()));
        }
      }
    }
    return types;
  }

  private Resource[] files(String place) {
    try {
      return resolver.getResources(place + "*");
    } catch (FileNotFoundException e) {
      return new Resource[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
