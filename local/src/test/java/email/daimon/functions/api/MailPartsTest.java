package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.api.TestApi.Opened;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the parts of a mail hold comes through storing to who reads it, as the contract says. */
final class MailPartsTest {
  private final TestApi api = new TestApi(Map.of("DEFAULT_TIER", "developer"));
  private final Postman postman = new Postman(api);

  @Test
  void anInvitationAndAForwardedMailAreShownWithTheirMail() {
    Opened own = api.open("invited");
    postman.bring(
        "invited",
        """
        From: Ann <ann@example.org>
        Subject: Planning
        Message-ID: <plan@example.org>
        Content-Type: multipart/mixed; boundary=b

        --b

        Come to plan.
        --b
        Content-Type: text/calendar; charset=utf-8; method=REQUEST

        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:1@example.org
        SUMMARY:Planning
        DTSTART;TZID=Europe/Berlin:20261123T100000
        DURATION:PT1H
        ORGANIZER;CN=Ann:mailto:ann@example.org
        ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:invited@daimon.email
        END:VEVENT
        END:VCALENDAR
        --b
        Content-Type: message/rfc822

        From: bob@example.org
        To: ann@example.org
        Date: Fri, 20 Nov 2026 09:30:00 +0000
        Message-ID: <minutes@example.org>
        Subject: Minutes

        What was said.
        --b--
        """);

    JsonNode row = api.call(get(path(own)).key(own.inboxKey())).result().path("messages").get(0);
    JsonNode mail =
        api.call(get(path(own) + "/" + row.path("id").asText()).key(own.inboxKey())).result();

    assertThat(mail.path("auto_kind").asText()).isEqualTo("calendar");
    assertThat(mail.path("protection").asText()).isEqualTo("none");
    JsonNode event = mail.path("calendar").get(0);
    assertThat(event.path("method").asText()).isEqualTo("REQUEST");
    assertThat(event.path("start").asText()).isEqualTo("2026-11-23T10:00:00");
    assertThat(event.path("end").asText()).isEqualTo("2026-11-23T11:00:00");
    assertThat(event.path("time_zone").asText()).isEqualTo("Europe/Berlin");
    assertThat(event.path("organizer").path("address").asText()).isEqualTo("ann@example.org");
    assertThat(event.path("attendees").get(0).path("participation").asText())
        .isEqualTo("NEEDS-ACTION");
    JsonNode minutes = mail.path("attachments").get(1).path("forwarded");
    assertThat(minutes.path("subject").asText()).isEqualTo("Minutes");
    assertThat(minutes.path("from").get(0).asText()).isEqualTo("bob@example.org");
    assertThat(minutes.path("date").asText()).isEqualTo("2026-11-20T09:30:00Z");
    assertThat(minutes.path("message_id").asText()).isEqualTo("<minutes@example.org>");
    assertThat(minutes.path("preview").asText()).isEqualTo("What was said.");
    assertThat(row.path("attachments").get(1).path("forwarded")).isEqualTo(minutes);
  }

  @Test
  void filesOfWinmailDatAreStoredBesideIt() {
    Opened own = api.open("outlook");
    // A title and ten bytes, as in the specification of TNEF (MS-OXTNEF).
    String stream = "eJ8+IgEAAhCAAQAGAAAAYS50eHQAAAACD4AGAAoAAAAwMTIzNDU2Nzg5AAA=";
    postman.bring(
        "outlook",
        """
        From: Ann <ann@example.org>
        Subject: Packed
        Message-ID: <packed@example.org>
        Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=b

        --b
        Content-Type: application/ms-tnef; name=winmail.dat
        Content-Transfer-Encoding: base64

        %s
        --b--
        """
            .formatted(stream));

    JsonNode row = api.call(get(path(own)).key(own.inboxKey())).result().path("messages").get(0);
    JsonNode mail =
        api.call(get(path(own) + "/" + row.path("id").asText()).key(own.inboxKey())).result();
    JsonNode file = mail.path("attachments").get(1);

    assertThat(mail.path("protection").asText()).isEqualTo("pgp_signed");
    assertThat(mail.path("attachments").get(0).has("container")).isFalse();
    assertThat(file.path("filename").asText()).isEqualTo("a.txt");
    assertThat(file.path("container").asText()).isEqualTo("winmail.dat");
    assertThat(file.path("size").asLong()).isEqualTo(10);
    assertThat(file.path("sha256").asText())
        .isEqualTo("84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882");
  }

  private static String path(Opened own) {
    return "/v1/inboxes/" + own.inboxId() + "/messages";
  }
}
