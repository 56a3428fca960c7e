package io.caravan.connectorsync;

import com.azure.storage.common.sas.AccountSasPermission;
import com.azure.storage.common.sas.AccountSasResourceType;
import com.azure.storage.common.sas.AccountSasService;
import com.azure.storage.common.sas.AccountSasSignatureValues;
import com.azure.storage.file.share.ShareServiceClientBuilder;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A share of Azure Files as the "Azure Files REST API" describes it: List Directories and Files of
 * one directory, in pages (here of two) with a NextMarker that says nothing, and Get File.
 */
public final class TestShare extends TestAzure {
  private static final Set<String> INCLUDE =
      Set.of("timestamps", "etag", "attributes", "permissionkey");

  /** Directories that were listed, with the prefix that was asked for behind a colon. */
  final List<String> listed = new ArrayList<>();

  private String locked;

  /** As if somebody had opened a file over SMB and let nobody else read it. */
  synchronized void lock(String name) {
    locked = name;
  }

  /** A shared access signature of the account, for its files. */
  String sas(String permissions) {
    return new ShareServiceClientBuilder()
        .endpoint(url())
        .credential(credential)
        .buildClient()
        .generateAccountSas(
            new AccountSasSignatureValues(
                OffsetDateTime.now().plusHours(1),
                AccountSasPermission.parse(permissions),
                AccountSasService.parse("f"),
                AccountSasResourceType.parse("co")));
  }

  @Override
  String missing() {
    return "ShareNotFound";
  }

  @Override
  void list(HttpExchange exchange, String directory, Map<String, String> asked) throws IOException {
    String prefix = asked.getOrDefault("prefix", "");
    String include = asked.getOrDefault("include", "").toLowerCase();
    listed.add(directory + ":" + prefix);
    List<String> names = entries(directory);
    String marker = asked.getOrDefault("marker", marker(directory, prefix, 0));
    int from = 0;
    while (from < names.size() && !marker.equals(marker(directory, prefix, from))) {
      from++;
    }
    if (!"directory".equals(asked.get("restype")) || !known(include)) {
      error(exchange, 400, "InvalidQueryParameterValue");
    } else if (names.isEmpty() && !directory.isEmpty()) {
      error(exchange, 404, "ResourceNotFound");
    } else if (from == names.size() && from > 0) {
      error(exchange, 400, "InvalidContinuationToken");
    } else {
      List<String> those = names.stream().filter(one -> one.startsWith(prefix)).toList();
      int to = Math.min(from + PAGE, those.size());
      xml(
          exchange,
          200,
          "<EnumerationResults ServiceEndpoint=\"%s\" ShareName=\"%s\" DirectoryPath=\"%s\"><Prefix>%s</Prefix><Entries>%s</Entries>%s</EnumerationResults>"
              .formatted(
                  url(),
                  CONTAINER,
                  escaped(directory),
                  escaped(prefix),
                  those.subList(from, to).stream()
                      .map(name -> entry(directory, name, include))
                      .collect(Collectors.joining()),
                  to < those.size()
                      ? "<NextMarker>%s</NextMarker>".formatted(marker(directory, prefix, to))
                      : "<NextMarker />"));
    }
  }

  private static boolean known(String include) {
    return include.isEmpty() || INCLUDE.containsAll(List.of(include.split(",")));
  }

  private static String marker(String directory, String prefix, int from) {
    return key("%s?%s?%d".formatted(directory, prefix, from));
  }

  /** What is in a directory itself; directories end with a slash. */
  private List<String> entries(String directory) {
    String inside = directory.isEmpty() ? "" : directory + "/";
    Set<String> names = new TreeSet<>();
    for (String file : contents.keySet()) {
      if (file.startsWith(inside)) {
        names.add(file.substring(inside.length()).replaceFirst("/.*", "/"));
      }
    }
    return List.copyOf(names);
  }

  private String entry(String directory, String name, String include) {
    if (name.endsWith("/")) {
      return "<Directory><Name>%s</Name><FileId>13835128424026341376</FileId><Properties /></Directory>"
          .formatted(escaped(name.substring(0, name.length() - 1)));
    }
    String content = contents.get(directory.isEmpty() ? name : directory + "/" + name);
    String times =
        include.contains("timestamps")
            ? "<LastWriteTime>2026-01-05T08:30:00.1234567Z</LastWriteTime><Last-Modified>Mon, 05"
                + " Jan 2026 08:30:00 GMT</Last-Modified>"
            : "";
    String etag = include.contains("etag") ? "<Etag>%s</Etag>".formatted(etag(content)) : "";
    return "<File><Name>%s</Name><FileId>11529285414812647424</FileId><Properties><Content-Length>%d</Content-Length>%s%s</Properties></File>"
        .formatted(escaped(name), content.getBytes(StandardCharsets.UTF_8).length, times, etag);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;");
  }

  @Override
  void get(HttpExchange exchange, String name) throws IOException {
    if (name.equals(locked)) {
      error(exchange, 409, "SharingViolation");
    } else if (contents.containsKey(name)) {
      exchange.getResponseHeaders().set("x-ms-type", "File");
      content(exchange, name);
    } else {
      error(exchange, 404, "ResourceNotFound");
    }
  }
}
