package ltv.sandbox.server;

import java.util.concurrent.atomic.AtomicInteger;

/** Issues bearer tokens that end after so many calls, the newest being the only good one. */
final class TokenDesk {
  private final String prefix;
  private final int callsPerToken;
  private final AtomicInteger issued = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger();

  TokenDesk(String prefix, int callsPerToken) {
    this.prefix = prefix;
    this.callsPerToken = callsPerToken;
  }

  /** A new token; the one before ends. */
  String issue() {
    calls.set(0);
    return prefix + issued.incrementAndGet();
  }

  /** Whether a call comes with the newest token and that is not used up; counts the call. */
  boolean takes(LocalServer.Asked asked) {
    return asked.authorization().equals("Bearer " + prefix + issued.get())
        && calls.incrementAndGet() <= callsPerToken;
  }
}
