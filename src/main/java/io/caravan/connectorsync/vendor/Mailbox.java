package io.caravan.connectorsync.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import io.caravan.reach.GuardedSockets;
import io.caravan.reach.Hosts;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.search.ComparisonTerm;
import jakarta.mail.search.ReceivedDateTerm;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.springframework.stereotype.Component;

/**
 * Reads folders over IMAP (RFC 9051). They are opened for reading only, and bodies are peeked at,
 * so that no message is marked as read.
 */
@Component
public final class Mailbox {
  /** Name of the field that tells one message from another. */
  public static final String KEY = MailRecord.KEY;

  private static final int TLS_PORT = 993;
  private static final int PORT = 143;
  private static final String CONNECT_MILLIS = "10000";
  private static final String READ_MILLIS = "60000";

  /** Messages whose envelopes are asked for together. */
  private static final int TOGETHER = 100;

  private final Hosts hosts;
  private final GuardedSockets sockets;

  Mailbox(Hosts hosts, GuardedSockets sockets) {
    this.hosts = hosts;
    this.sockets = sockets;
  }

  /**
   * How far a folder was read (RFC 9051 section 2.3.1.1): identifiers grow, and count only as long
   * as the folder's validity is the same.
   */
  public record Place(long validity, long uid) {
    /** Nothing was read. */
    public static final Place START = new Place(0, 0);
  }

  /**
   * Hands over the messages that came since.
   *
   * @param config as {@code imap.schema.json} says
   * @param from where the sync before ended
   * @param to gets one record after another
   * @return where the next sync begins
   * @throws Failure of kind authorisation, configuration or transient
   */
  public Place read(
      JsonNode config,
      JsonNode credentials,
      Place from,
      StopSignal stop,
      Consumer<Map<String, Object>> to) {
    String host = config.path("host").asText();
    hosts.check(host);
    String folder = config.path("folder").asText("INBOX");
    try (Store store = Session.getInstance(settings(config)).getStore("imap");
        StopSignal.Registration _ = stop.onStop(() -> closeNow(store))) {
      store.connect(
          host,
          port(config),
          credentials.path("username").asText(),
          credentials.path("password").asText());
      try (Folder open = store.getFolder(folder)) {
        open.open(Folder.READ_ONLY);
        return read(open, config, from, stop, to);
      }
    } catch (MessagingException e) {
      stop.check();
      throw failure(host, folder, e);
    }
  }

  private static void closeNow(Store store) {
    try {
      store.close();
    } catch (MessagingException e) {
      // It is closed then.
    }
  }

  private Properties settings(JsonNode config) {
    String security = config.path("security").asText("tls");
    Properties settings = new Properties();
    settings.put("mail.imap.socketFactory", sockets);
    settings.put("mail.imap.ssl.enable", String.valueOf(security.equals("tls")));
    settings.put("mail.imap.ssl.checkserveridentity", "true");
    settings.put("mail.imap.starttls.enable", String.valueOf(security.equals("starttls")));
    settings.put("mail.imap.starttls.required", String.valueOf(security.equals("starttls")));
    settings.put("mail.imap.connectiontimeout", CONNECT_MILLIS);
    settings.put("mail.imap.timeout", READ_MILLIS);
    settings.put("mail.imap.writetimeout", READ_MILLIS);
    settings.put("mail.imap.peek", "true");
    return settings;
  }

  private static int port(JsonNode config) {
    return config
        .path("port")
        .asInt(config.path("security").asText("tls").equals("tls") ? TLS_PORT : PORT);
  }

  private static Place read(
      Folder folder, JsonNode config, Place from, StopSignal stop, Consumer<Map<String, Object>> to)
      throws MessagingException {
    UIDFolder ids = (UIDFolder) folder;
    long validity = ids.getUIDValidity();
    long last = from.validity() == validity ? from.uid() : 0;
    Message[] found = ids.getMessagesByUID(last + 1, UIDFolder.LASTUID);
    if (config.has("since") && found.length > 0) {
      Date since =
          Date.from(
              LocalDate.parse(config.get("since").asText())
                  .atStartOfDay()
                  .toInstant(ZoneOffset.UTC));
      found = folder.search(new ReceivedDateTerm(ComparisonTerm.GE, since), found);
    }
    FetchProfile wanted = new FetchProfile();
    wanted.add(FetchProfile.Item.ENVELOPE);
    wanted.add(FetchProfile.Item.CONTENT_INFO);
    wanted.add(UIDFolder.FetchProfileItem.UID);
    for (int i = 0; i < found.length; i += TOGETHER) {
      stop.check();
      Message[] some = Arrays.copyOfRange(found, i, Math.min(found.length, i + TOGETHER));
      folder.fetch(some, wanted);
      for (Message message : some) {
        long uid = ids.getUID(message);
        // The last message comes even when it is older than what was asked for.
        if (uid > last && !message.isExpunged()) {
          to.accept(MailRecord.of(message, validity, uid));
        }
      }
    }
    for (Message message : found) {
      last = Math.max(last, ids.getUID(message));
    }
    return new Place(validity, last);
  }

  private static Failure failure(String host, String folder, MessagingException e) {
    if (e instanceof AuthenticationFailedException) {
      return new Failure(
          FailureKind.AUTHORISATION,
          "%s refuses who asks; write the right ones into credentials.username and credentials.password."
              .formatted(host),
          e);
    }
    if (e instanceof FolderNotFoundException) {
      return new Failure(
          FailureKind.CONFIGURATION,
          "%s has no folder %s; check config.folder.".formatted(host, folder),
          e);
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return new Failure(
            FailureKind.CONFIGURATION,
            "%s cannot be spoken to over TLS as asked for; check config.security, config.port and the server's certificate."
                .formatted(host),
            e);
      }
    }
    return new Failure(
        FailureKind.TRANSIENT, "%s could not be reached or broke off.".formatted(host), e);
  }
}
