package io.caravan.camel;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.ValidationReport;
import io.swagger.v3.oas.models.OpenAPI;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.spi.RestClientRequestValidator;
import org.apache.camel.support.MessageHelper;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Checks requests against openapi.yaml before a route sees them. Camel's own checker, which this
 * replaces, reads the whole contract anew for each request and answers in plain text.
 */
@Component
class OpenApiRequestCheck implements RestClientRequestValidator {
  private static final String STREAMED = "x-streamed-body";

  private final Problems problems;
  private final AtomicReference<OpenApiInteractionValidator> validator = new AtomicReference<>();

  OpenApiRequestCheck(Problems problems) {
    this.problems = problems;
  }

  @Override
  public ValidationError validate(Exchange exchange, ValidationContext context) {
    OpenAPI contract = exchange.getProperty(Exchange.REST_OPENAPI, OpenAPI.class);
    ValidationReport report = validator(contract).validateRequest(request(exchange, contract));
    if (!report.hasErrors()) {
      return null;
    }
    List<String> errors =
        report.getMessages().stream()
            .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
            .map(Complaints::sentence)
            .distinct()
            .toList();
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, Problems.CONTENT_TYPE);
    return new ValidationError(
        HttpStatus.BAD_REQUEST.value(),
        problems.text(
            HttpStatus.BAD_REQUEST,
            String.join(" ", errors),
            errors.size() > 1 ? errors : List.of()));
  }

  private OpenApiInteractionValidator validator(OpenAPI contract) {
    return validator.updateAndGet(
        present ->
            present != null ? present : OpenApiInteractionValidator.createFor(contract).build());
  }

  private static SimpleRequest request(Exchange exchange, OpenAPI contract) {
    var message = exchange.getMessage();
    SimpleRequest.Builder builder =
        new SimpleRequest.Builder(
            message.getHeader(Exchange.HTTP_METHOD, String.class),
            message.getHeader(Exchange.HTTP_PATH, String.class),
            false);
    if (isStreamed(contract, exchange)) {
      return builder.withHeader("Authorization", "Bearer checked").build();
    }
    String body = MessageHelper.extractBodyAsString(message);
    if (body == null || body.isBlank()) {
      // Where a body may be left out, leaving it out means an object without fields.
      message.setBody("{}");
    } else {
      builder.withBody(body);
      String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
      builder.withContentType(type == null ? "application/json" : type);
    }
    // Who may call is decided before this; the contract only wants to see that a token was sent.
    builder.withHeader("Authorization", "Bearer checked");
    for (String name : List.of("Idempotency-Key", "Prefer")) {
      String value = message.getHeader(name, String.class);
      if (value != null) {
        builder.withHeader(name, value);
      }
    }
    String query = message.getHeader(Exchange.HTTP_QUERY, String.class);
    if (query != null) {
      UriComponentsBuilder.newInstance()
          .query(query)
          .build()
          .getQueryParams()
          .forEach((name, values) -> builder.withQueryParam(name, decoded(values)));
    }
    return builder.build();
  }

  /** A body that may be too large for the memory; its route checks it while reading. */
  private static boolean isStreamed(OpenAPI contract, Exchange exchange) {
    String path = exchange.getMessage().getHeader(Exchange.HTTP_PATH, String.class);
    return contract.getPaths().entrySet().stream()
        .filter(entry -> path.endsWith(entry.getKey()))
        .map(entry -> entry.getValue().getExtensions())
        .anyMatch(extensions -> extensions != null && extensions.containsKey(STREAMED));
  }

  private static List<String> decoded(List<String> values) {
    return values.stream()
        .map(
            value ->
                value == null
                    ? ""
                    : java.net.URLDecoder.decode(value, java.nio.charset.StandardCharsets.UTF_8))
        .toList();
  }
}
