package io.caravan.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Lets calls of the API pass that are in the contract, and of their headers those that mean
 * something there. Camel answers other paths without a body, and takes a header for a parameter of
 * the same name: one that nothing checked.
 */
@Component
@ConditionalOnWebApplication
class ContractFilter extends OncePerRequestFilter {
  private static final String API = "/api";
  private final Map<PathPattern, Set<String>> methods = new LinkedHashMap<>();

  ContractFilter() throws IOException {
    try (var yaml = new ClassPathResource("openapi.yaml").getInputStream()) {
      JsonNode paths = new YAMLMapper().readTree(yaml).get("paths");
      paths
          .properties()
          .forEach(
              path ->
                  methods.put(
                      PathPatternParser.defaultInstance.parse(API + path.getKey()),
                      path.getValue().properties().stream()
                          .map(operation -> operation.getKey().toUpperCase(Locale.ROOT))
                          .collect(Collectors.toSet())));
    }
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getRequestURI().startsWith(API + "/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    PathContainer path = PathContainer.parsePath(request.getRequestURI());
    List<Set<String>> known =
        methods.entrySet().stream()
            .filter(entry -> entry.getKey().matches(path))
            .map(Map.Entry::getValue)
            .toList();
    if (known.isEmpty()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    } else if (known.stream().noneMatch(allowed -> allowed.contains(request.getMethod()))) {
      response.setHeader(
          "Allow", known.stream().flatMap(Set::stream).sorted().collect(Collectors.joining(", ")));
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    } else {
      chain.doFilter(new KnownHeaders(request), response);
    }
  }
}
