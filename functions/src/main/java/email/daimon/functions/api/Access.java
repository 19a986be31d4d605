package email.daimon.functions.api;

import com.google.common.collect.ImmutableSet;
import email.daimon.model.ApiKey.Scope;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Which kinds of key a route takes. */
public enum Access {
  /** No key is looked at. */
  PUBLIC("no key", EnumSet.noneOf(Scope.class)),
  /** No key, or an account key. */
  SIGNUP("an account key, or no key at all", EnumSet.of(Scope.ACCOUNT)),
  /** Any key. */
  READ("any key", EnumSet.allOf(Scope.class)),
  /** An account key or an inbox key that is not read-only. */
  WRITE("an account key, or an inbox key that may write", EnumSet.of(Scope.ACCOUNT, Scope.INBOX)),
  /** An account key alone. */
  ACCOUNT("an account key", EnumSet.of(Scope.ACCOUNT));

  private final String keyKind;
  private final ImmutableSet<Scope> scopes;

  Access(String keyKind, Set<Scope> scopes) {
    this.keyKind = keyKind;
    this.scopes = ImmutableSet.copyOf(scopes);
  }

  /** The key to use, in words. */
  public String keyKind() {
    return keyKind;
  }

  /** Whether a request without a key may be answered. */
  public boolean anonymous() {
    return this == PUBLIC || this == SIGNUP;
  }

  /** Whether a key of this scope, or no key, is let in. */
  public boolean allows(Optional<Scope> scope) {
    return this == PUBLIC || scope.map(scopes::contains).orElseGet(this::anonymous);
  }
}
