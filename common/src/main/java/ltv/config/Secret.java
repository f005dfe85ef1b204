package ltv.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Objects;

/** A value that never shows itself in a log line, a message or a settings print. */
public record Secret(String reveal) {
  /** Takes the plain text; an empty one is refused, since it always means a forgotten variable. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Secret {
    Objects.requireNonNull(reveal, "secret");
    if (reveal.isBlank()) {
      throw new IllegalArgumentException("must not be empty");
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
