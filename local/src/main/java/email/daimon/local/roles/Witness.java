package email.daimon.local.roles;

import email.daimon.local.stack.Role.Call;

/** Sees what functions read and ask for: for tests that hold the template to it. */
public interface Witness {
  /** Does not look. */
  Witness NOBODY =
      new Witness() {
        @Override
        public void read(String function, String variable) {}

        @Override
        public void called(String function, Call call, boolean allowed) {}
      };

  /** A function looks up a variable of its environment, set or not. */
  void read(String function, String variable);

  /** A function makes a call, which its role allows or not. */
  void called(String function, Call call, boolean allowed);
}
