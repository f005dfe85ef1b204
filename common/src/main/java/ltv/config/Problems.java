package ltv.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Gathers what is wrong with one settings record, so that the user sees every problem at once. Used
 * in compact constructors; {@link Settings} puts the path of the record before each complaint.
 */
public final class Problems {
  private final List<String> found = new ArrayList<>();

  /** Complains that {@code key} is missing when {@code value} is null. */
  public Problems require(String key, Object value) {
    return check(value != null, key, "is missing");
  }

  /** Complains about {@code key} with {@code expectation} when the condition does not hold. */
  public Problems check(boolean holds, String key, String expectation) {
    if (!holds) {
      found.add(key + " " + expectation);
    }
    return this;
  }

  /** Ends the record's construction when anything was found. */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new Found(found);
    }
  }

  /** What a record's constructor throws: all of its problems, each {@code key complaint}. */
  public static final class Found extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    Found(List<String> problems) {
      super(String.join("; ", problems));
      this.problems = List.copyOf(problems);
    }

    /** Each problem as {@code key complaint}. */
    public List<String> problems() {
      return problems;
    }
  }
}
