package io.caravan.connectorsync.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.caravan.Api;
import io.caravan.CaravanTest;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whole syncs of a mailbox on a real IMAP server. */
@CaravanTest
class ImapTest {
  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
  private Api api;
  private GreenMailUser ann;

  @BeforeEach
  void start(@LocalServerPort int port) {
    api = new Api(port);
    server.start();
    ann = server.setUser("ann@example.com", "ann", "secret-of-ann");
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private void deliver(String message) {
    try {
      ann.deliver(
          new MimeMessage(
              Session.getInstance(new Properties()),
              new ByteArrayInputStream(
                  message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8))));
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void deliver(int from, int to) {
    for (int i = from; i <= to; i++) {
      deliver(
          """
          Message-ID: <m%d@example.com>
          From: Bob <bob@example.com>
          To: ann@example.com
          Subject: =?UTF-8?Q?Caf=C3=A9_%d?=
          Date: Mon, 2 Mar 2026 10:00:00 +0100
          Content-Type: text/plain; charset=utf-8

          Hello %d
          """
              .formatted(i, i, i));
    }
  }

  private String config(String more) {
    return "{\"host\": \"127.0.0.1\", \"port\": %d, \"security\": \"none\"%s}"
        .formatted(server.getImap().getPort(), more);
  }

  private TestConnector connector() {
    return TestConnector.add(
        api, "imap", config(""), "{\"username\": \"ann\", \"password\": \"secret-of-ann\"}");
  }

  private MailFolder inbox() throws FolderException {
    return server.getManagers().getImapHostManager().getInbox(ann);
  }

  @Test
  void messagesComeOnceAndStayUnread() throws FolderException {
    deliver(1, 230);
    TestConnector connector = connector();
    assertThat(connector.versions().getFirst().get("added").asInt()).isEqualTo(230);
    deliver(231, 233);

    JsonNode version = connector.versions().getFirst();

    assertThat(version.get("added").asInt()).as("%s", version).isEqualTo(3);
    assertThat(version.get("updated").asInt()).isZero();
    assertThat(connector.records("messages"))
        .hasSize(233)
        .anySatisfy(
            message -> {
              assertThat(message.get("messageId").asText()).isEqualTo("<m7@example.com>");
              assertThat(message.get("subject").asText()).isEqualTo("Café 7");
              assertThat(message.get("from").toString()).contains("Bob <bob@example.com>");
              assertThat(message.get("text").asText().strip()).isEqualTo("Hello 7");
              assertThat(message.get("sentAt").asText()).startsWith("2026-03-02");
            });
    for (StoredMessage message : inbox().getMessages()) {
      assertThat(message.isSet(Flags.Flag.SEEN)).isFalse();
    }
  }

  @Test
  void nothingIsDeletedNotEvenWhatIsMarkedForIt() throws FolderException {
    deliver(1, 3);
    inbox().setFlags(new Flags(Flags.Flag.DELETED), true, 1, null, true);

    connector().versions();

    assertThat(inbox().getMessageCount()).isEqualTo(3);
  }

  @Test
  void aMessageThatIsGoneFromTheFolderStaysARecord() throws FolderException {
    deliver(1, 3);
    TestConnector connector = connector();
    connector.versions();
    inbox().deleteAllMessages();

    assertThat(connector.versions().getFirst().get("removed").asInt()).isZero();
    assertThat(connector.records("messages")).hasSize(3);
  }

  @Test
  void partsAreSortedIntoTextAndAttachments() {
    deliver(
        """
        From: bob@example.com
        To: ann@example.com
        Subject: Parts
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=m

        --m
        Content-Type: multipart/alternative; boundary=a

        --a
        Content-Type: text/plain; charset=utf-8

        Grüße
        --a
        Content-Type: text/html; charset=utf-8

        <p>Grüße</p>
        --a--
        --m
        Content-Type: application/pdf; name="bill.pdf"
        Content-Disposition: attachment; filename="bill.pdf"

        x
        --m--
        """);
    TestConnector connector = connector();
    connector.versions();

    JsonNode message = connector.records("messages").getFirst();

    assertThat(message.get("text").asText().strip()).isEqualTo("Grüße");
    assertThat(message.get("attachments").toString()).contains("bill.pdf");
    assertThat(message.get("messageId").asText()).isNotBlank();
  }

  @Test
  void aTestShowsFiveMessages() {
    deliver(1, 9);

    assertThat(connector().test().get("sample")).hasSize(5);
  }

  @Test
  void aWrongPasswordNeedsSomebody() {
    deliver(1, 1);
    TestConnector connector = connector();
    connector.versions();
    connector.credentials("{\"username\": \"ann\", \"password\": \"wrong-secret\"}");

    JsonNode item = connector.sync();

    assertThat(item.at("/error/kind").asText()).as("%s", item).isEqualTo("authorisation");
    assertThat(item.toString()).contains("credentials.password").doesNotContain("wrong-secret");
    assertThat(connector.show().get("status").asText()).isEqualTo("NEEDS_ATTENTION");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    TestConnector connector =
        TestConnector.add(
            api,
            "imap",
            config(", \"folder\": \"Bills\""),
            "{\"username\": \"ann\", \"password\": \"secret-of-ann\"}");

    JsonNode item = connector.sync();

    assertThat(item.at("/error/kind").asText()).as("%s", item).isEqualTo("configuration");
    assertThat(item.at("/error/message").asText()).contains("Bills", "config.folder");
  }

  @Test
  void aServerWithoutTlsIsNotToldThePassword() {
    TestConnector connector =
        TestConnector.add(
            api,
            "imap",
            config("").replace("none", "starttls"),
            "{\"username\": \"ann\", \"password\": \"secret-of-ann\"}");

    JsonNode item = connector.sync();

    assertThat(item.get("status").asText()).isEqualTo("failed");
    assertThat(connector.show().get("lastSyncStatus").asText()).isEqualTo("FAILED");
  }

  /** The server's certificate is nobody's that is known here. */
  @Test
  void tlsIsSpokenOnlyWithAServerThatProvesWhoItIs() {
    GreenMail secure = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAPS));
    secure.start();
    try {
      secure.setUser("ann@example.com", "ann", "secret-of-ann");
      TestConnector connector =
          TestConnector.add(
              api,
              "imap",
              "{\"host\": \"127.0.0.1\", \"port\": %d}".formatted(secure.getImaps().getPort()),
              "{\"username\": \"ann\", \"password\": \"secret-of-ann\"}");

      JsonNode item = connector.sync();

      assertThat(item.at("/error/kind").asText()).as("%s", item).isEqualTo("configuration");
      assertThat(item.at("/error/message").asText()).contains("TLS", "certificate");
    } finally {
      secure.stop();
    }
  }

  @Test
  void metadataAddressesAreNotReached() {
    TestConnector connector =
        TestConnector.add(
            api,
            "imap",
            "{\"host\": \"169.254.169.254\"}",
            "{\"username\": \"ann\", \"password\": \"secret-of-ann\"}");

    JsonNode item = connector.sync();

    assertThat(item.at("/error/kind").asText()).as("%s", item).isEqualTo("configuration");
    assertThat(item.at("/error/message").asText()).contains("may not be reached");
  }
}
