package io.caravan.connectorsync.vendor;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A message as a record: who, to whom, when, about what, its text, and which files came along. */
final class MailRecord {
  /** Name of the field that tells one message from another. */
  static final String KEY = "messageId";

  /** Characters of a text; what comes behind is left out. */
  private static final int LONGEST_TEXT = 1_000_000;

  /** Parts within parts; deeper ones are nobody's text. */
  private static final int DEEPEST = 10;

  private final List<String> attachments = new ArrayList<>();
  private String plain;
  private String html;

  private MailRecord() {}

  /**
   * @throws MessagingException when the server breaks off. What cannot be read of a broken message
   *     is left out
   */
  static Map<String, Object> of(Message message, long validity, long uid)
      throws MessagingException {
    MailRecord parts = new MailRecord();
    try {
      parts.read(message, 0);
    } catch (IOException | ParseException e) {
      // What was read until there is what there is.
    }
    Map<String, Object> record = new LinkedHashMap<>();
    String id = ((MimeMessage) message).getMessageID();
    record.put(KEY, id == null || id.isBlank() ? "%d-%d".formatted(validity, uid) : id);
    put(record, "from", addresses(message.getFrom()));
    put(record, "to", addresses(message.getRecipients(Message.RecipientType.TO)));
    put(record, "cc", addresses(message.getRecipients(Message.RecipientType.CC)));
    put(record, "subject", message.getSubject());
    put(record, "sentAt", time(message.getSentDate()));
    put(record, "receivedAt", time(message.getReceivedDate()));
    put(record, "text", parts.plain);
    put(record, "html", parts.plain == null ? parts.html : null);
    put(record, "attachments", parts.attachments);
    record.put("size", message.getSize());
    return record;
  }

  private void read(Part part, int depth) throws MessagingException, IOException {
    if (part.isMimeType("multipart/*") && depth < DEEPEST) {
      Multipart several = (Multipart) part.getContent();
      for (int i = 0; i < several.getCount(); i++) {
        read(several.getBodyPart(i), depth + 1);
      }
    } else if (Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())
        || part.getFileName() != null) {
      String name = part.getFileName() == null ? "unnamed" : part.getFileName();
      attachments.add(MimeUtility.decodeText(name));
    } else if (part.isMimeType("text/plain") && plain == null) {
      plain = text(part);
    } else if (part.isMimeType("text/html") && html == null) {
      html = text(part);
    }
  }

  private static String text(Part part) throws MessagingException, IOException {
    try (InputStream bytes = part.getInputStream();
        Reader text = new InputStreamReader(bytes, charset(part))) {
      char[] buffer = new char[8_192];
      StringBuilder read = new StringBuilder();
      int count;
      while (read.length() < LONGEST_TEXT && (count = text.read(buffer)) >= 0) {
        read.append(buffer, 0, Math.min(count, LONGEST_TEXT - read.length()));
      }
      return read.toString();
    }
  }

  private static Charset charset(Part part) throws MessagingException {
    try {
      String name = new ContentType(part.getContentType()).getParameter("charset");
      return name == null
          ? StandardCharsets.UTF_8
          : Charset.forName(MimeUtility.javaCharset(name), StandardCharsets.UTF_8);
    } catch (ParseException | IllegalArgumentException e) {
      return StandardCharsets.UTF_8;
    }
  }

  private static List<String> addresses(Address[] addresses) {
    return addresses == null ? List.of() : Arrays.stream(addresses).map(MailRecord::shown).toList();
  }

  private static String shown(Address address) {
    return address instanceof jakarta.mail.internet.InternetAddress internet
        ? internet.toUnicodeString()
        : address.toString();
  }

  private static String time(Date date) {
    return date == null ? null : date.toInstant().toString();
  }

  private static void put(Map<String, Object> record, String name, Object value) {
    if (value != null && !value.equals("") && !value.equals(List.of())) {
      record.put(name, value);
    }
  }
}
