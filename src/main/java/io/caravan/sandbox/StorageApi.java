package io.caravan.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Buckets below {@code /storage/v1/b}, by Google's reference of the Cloud Storage JSON API v1
 * ({@code objects.list}, {@code objects.get}; "HTTP status and error codes for JSON"): names in
 * order, at most 1000 a page, a page token that stands for the last name, and content with {@code
 * alt=media} alone. Every object has a generation, and another one each time it is written.
 */
final class StorageApi {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MOST = 1_000;

  private record Content(String text, long generation, Instant updated) {}

  private record Bucket(String reader, SortedMap<String, Content> objects) {}

  private final Clock clock;
  private final GoogleTokens tokens;
  private final Map<String, Bucket> buckets = new HashMap<>();
  private long generations = 1_700_000_000_000_000L;

  StorageApi(Clock clock, GoogleTokens tokens) {
    this.clock = clock;
    this.tokens = tokens;
  }

  synchronized void add(String bucket, String reader) {
    buckets.put(bucket, new Bucket(reader, new TreeMap<>()));
  }

  synchronized void put(String bucket, String name, String text) {
    buckets.get(bucket).objects().put(name, new Content(text, ++generations, clock.instant()));
  }

  synchronized void remove(String bucket, String name) {
    buckets.get(bucket).objects().remove(name);
  }

  /**
   * What a request asks for.
   *
   * @throws Refusal 404 when its path leads nowhere
   */
  StandInOperation route(StandInCall call) {
    int start = call.path().getFirst().equals("download") ? 4 : 3;
    int behind = call.path().size() - start;
    if (!call.method().equals("GET")
        || behind < 2
        || behind > 3
        || !call.path().get(start + 1).equals("o")) {
      throw refused(404, "notFound", "Not Found");
    }
    String bucket = call.segment(start);
    return behind == 2
        ? operation("list", call, bucket, objects -> list(call, bucket, objects))
        : operation("get", call, bucket, objects -> get(call, bucket, objects));
  }

  private StandInOperation operation(
      String verb,
      StandInCall call,
      String bucket,
      Function<SortedMap<String, Content>, StandInAnswer> work) {
    return new StandInOperation(
        "storage.objects." + verb,
        false,
        () -> {
          synchronized (this) {
            return work.apply(objects(verb, call, bucket));
          }
        });
  }

  private SortedMap<String, Content> objects(String verb, StandInCall call, String bucket) {
    GoogleTokens.Access access =
        tokens.find(call).orElseThrow(() -> refused(401, "authError", "Invalid Credentials"));
    if (!access.mayReadObjects()) {
      throw refused(403, "insufficientPermissions", "Insufficient Permission");
    }
    Bucket found = buckets.get(bucket);
    if (found == null) {
      throw refused(404, "notFound", "The specified bucket does not exist.");
    }
    if (!found.reader().equals(access.email())) {
      throw refused(
          403,
          "forbidden",
          "%s does not have storage.objects.%s access to the Google Cloud Storage bucket."
              .formatted(access.email(), verb));
    }
    return found.objects();
  }

  private static StandInAnswer list(
      StandInCall call, String bucket, SortedMap<String, Content> objects) {
    int size = Math.min(MOST, size(call.parameter("maxResults").orElse("1000")));
    String prefix = call.parameter("prefix").orElse("");
    String last = call.parameter("pageToken").map(StorageApi::name).orElse("");
    List<String> names =
        objects.keySet().stream()
            .filter(name -> name.startsWith(prefix) && name.compareTo(last) > 0)
            .toList();
    ObjectNode answer = JSON.objectNode().put("kind", "storage#objects");
    List<String> page = names.subList(0, Math.min(size, names.size()));
    if (page.size() < names.size()) {
      answer.put("nextPageToken", token(page.getLast()));
    }
    page.forEach(name -> answer.withArray("items").add(json(bucket, name, objects.get(name))));
    return StandInAnswer.ok(answer);
  }

  private static int size(String asked) {
    if (!asked.matches("[1-9]\\d{0,8}")) {
      throw refused(400, "invalid", "Invalid unsigned integer value: '%s'.".formatted(asked));
    }
    return Integer.parseInt(asked);
  }

  private static String token(String name) {
    return Base64.getEncoder().encodeToString(name.getBytes(UTF_8));
  }

  private static String name(String token) {
    try {
      return new String(Base64.getDecoder().decode(token), UTF_8);
    } catch (IllegalArgumentException e) {
      throw refused(400, "invalid", "Invalid argument.");
    }
  }

  private static StandInAnswer get(
      StandInCall call, String bucket, SortedMap<String, Content> objects) {
    String name = call.segment(call.path().size() - 1);
    Content found = objects.get(name);
    if (found == null) {
      throw refused(404, "notFound", "No such object: %s/%s".formatted(bucket, name));
    }
    return call.parameter("alt").filter("media"::equals).isPresent()
        ? StandInAnswer.text(found.text())
        : StandInAnswer.ok(json(bucket, name, found));
  }

  private static ObjectNode json(String bucket, String name, Content content) {
    return JSON.objectNode()
        .put("kind", "storage#object")
        .put("id", "%s/%s/%d".formatted(bucket, name, content.generation()))
        .put("name", name)
        .put("bucket", bucket)
        .put("generation", String.valueOf(content.generation()))
        .put("metageneration", "1")
        .put("size", String.valueOf(content.text().getBytes(UTF_8).length))
        .put("etag", token(String.valueOf(content.generation())))
        .put("updated", content.updated().toString());
  }

  private static Refusal refused(int status, String reason, String message) {
    ObjectNode body = JSON.objectNode();
    body.putObject("error")
        .put("code", status)
        .put("message", message)
        .putArray("errors")
        .addObject()
        .put("domain", "global")
        .put("reason", reason)
        .put("message", message);
    return new Refusal(status, body, message);
  }
}
