package email.daimon.understand.css;

/** One property set. */
record Declaration(Property property, Value value, boolean important) {}
