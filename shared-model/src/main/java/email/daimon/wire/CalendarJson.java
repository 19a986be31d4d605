package email.daimon.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.CalendarEvent;
import email.daimon.model.CalendarEvent.Person;
import email.daimon.model.CalendarEvent.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An appointment as the API shows it and as it is stored; what it does not say is null. */
final class CalendarJson {
  private CalendarJson() {}

  static ObjectNode of(CalendarEvent event) {
    ObjectNode json = Json.object();
    json.set("method", Json.text(event.method()));
    json.set("uid", Json.text(event.uid()));
    json.put("sequence", event.sequence());
    json.set("recurrence_id", Json.text(event.recurrenceId()));
    json.put("summary", event.summary());
    json.set("start", Json.text(event.start().map(Time::value)));
    json.set("end", Json.text(event.end().map(Time::value)));
    json.put("all_day", event.start().filter(Time::allDay).isPresent());
    json.set("time_zone", Json.text(event.start().flatMap(Time::zone)));
    json.set("end_time_zone", Json.text(event.end().flatMap(Time::zone)));
    json.set(
        "organizer",
        event.organizer().<JsonNode>map(CalendarJson::person).orElse(Json.text(Optional.empty())));
    ArrayNode attendees = json.putArray("attendees");
    event.attendees().forEach(one -> attendees.add(person(one)));
    json.set("location", Json.text(event.location()));
    json.set("status", Json.text(event.status()));
    json.set("recurrence", Json.text(event.recurrence()));
    return json;
  }

  static CalendarEvent read(JsonNode json) {
    List<Person> attendees = new ArrayList<>();
    json.path("attendees").forEach(one -> attendees.add(person(one)));
    return new CalendarEvent(
        text(json, "method"),
        text(json, "uid"),
        json.path("sequence").asInt(),
        text(json, "recurrence_id"),
        json.path("summary").asText(),
        text(json, "start").map(value -> new Time(value, text(json, "time_zone"))),
        text(json, "end").map(value -> new Time(value, text(json, "end_time_zone"))),
        Optional.of(json.path("organizer")).filter(JsonNode::isObject).map(CalendarJson::person),
        attendees,
        text(json, "location"),
        text(json, "status"),
        text(json, "recurrence"));
  }

  private static ObjectNode person(Person one) {
    ObjectNode json = Json.object().put("address", one.address()).put("name", one.name());
    json.set("participation", Json.text(one.participation()));
    return json;
  }

  private static Person person(JsonNode json) {
    return new Person(
        json.path("address").asText(), json.path("name").asText(), text(json, "participation"));
  }

  private static Optional<String> text(JsonNode json, String name) {
    return Optional.ofNullable(json.get(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }
}
