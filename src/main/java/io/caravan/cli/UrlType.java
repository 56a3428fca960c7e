package io.caravan.cli;

import io.caravan.failure.InvalidInputException;
import io.caravan.source.SourceType;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Which kind of database is meant. */
final class UrlType implements ITypeConverter<SourceType> {
  /** As it is typed. */
  @Override
  public SourceType convert(String name) {
    try {
      return SourceType.ofApiName(name);
    } catch (InvalidInputException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /**
   * The kind by the beginning of a JDBC URL.
   *
   * @throws InvalidInputException when it is none that Caravan knows; the URL is not repeated
   */
  static SourceType of(String url) {
    if (url.startsWith("jdbc:spark:")) {
      return SourceType.DATABRICKS;
    }
    return Arrays.stream(SourceType.values())
        .filter(type -> url.startsWith("jdbc:" + type.apiName() + ":"))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "--url must begin with jdbc: and one of %s, followed by a colon."
                        .formatted(
                            Arrays.stream(SourceType.values())
                                .map(SourceType::apiName)
                                .collect(Collectors.joining(", ")))));
  }
}
