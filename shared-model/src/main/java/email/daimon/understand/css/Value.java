package email.daimon.understand.css;

/** What a declaration sets. */
public sealed interface Value permits Length, Value.Word, Value.Paint {
  /** A keyword, lower case. */
  record Word(String text) implements Value {}

  /** A colour. */
  record Paint(Color color) implements Value {}
}
