package io.caravan.connectorsync;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A container of Azure Blob Storage as the "Azure Storage REST API" describes it: List Blobs in
 * pages (here of two) with NextMarker, and Get Blob.
 */
final class TestContainer extends TestAzure {
  @Override
  String missing() {
    return "ContainerNotFound";
  }

  @Override
  void list(HttpExchange exchange, String name, Map<String, String> asked) throws IOException {
    String prefix = asked.getOrDefault("prefix", "");
    int from = Integer.parseInt(asked.getOrDefault("marker", "0"));
    List<String> names = contents.keySet().stream().filter(one -> one.startsWith(prefix)).toList();
    int to = Math.min(from + PAGE, names.size());
    String listed =
        names.subList(from, to).stream()
            .map(
                one ->
                    "<Blob><Name>%s</Name><Properties><Etag>%s</Etag><Content-Length>%d</Content-Length><BlobType>BlockBlob</BlobType></Properties></Blob>"
                        .formatted(one, etag(contents.get(one)), contents.get(one).length()))
            .collect(Collectors.joining());
    xml(
        exchange,
        200,
        "<EnumerationResults ServiceEndpoint=\"%s\" ContainerName=\"%s\"><Blobs>%s</Blobs><NextMarker>%s</NextMarker></EnumerationResults>"
            .formatted(url(), CONTAINER, listed, to < names.size() ? to : ""));
  }

  @Override
  void get(HttpExchange exchange, String name) throws IOException {
    if (contents.containsKey(name)) {
      exchange.getResponseHeaders().set("x-ms-blob-type", "BlockBlob");
      content(exchange, name);
    } else {
      error(exchange, 404, "BlobNotFound");
    }
  }
}
