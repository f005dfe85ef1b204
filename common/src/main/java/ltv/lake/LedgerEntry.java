package ltv.lake;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of one built partition, so that a later run can tell whether it is still right.
 *
 * @param dataset the dataset's name
 * @param partition a day, or {@code all}
 * @param state committed, empty (committed with no row), held, or rejected by a person
 * @param runId the run that built it
 * @param recipe hash of query, columns, checks, functions and parameters
 * @param inputs hash of everything it was built from
 * @param content hash of the rows, whatever their order and files
 * @param rowsIn rows read from the inputs that the dataset accounts for; -1 where it does not
 * @param rowsOut rows of the partition
 * @param removed rows kept but marked as removed, by reason
 * @param totals sums of the rows that a later version or day is compared by, as {@code
 *     group|column}
 * @param missing what it was built without, as {@code dataset/day}: optional inputs that were not
 *     there, and what the inputs were built without
 * @param files data files with their sha256
 * @param sources what it was read from outside the lake, with its sha256
 * @param committedAt ISO instant
 * @param hold why it was not published when it was built; null for most
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LedgerEntry(
    String dataset,
    String partition,
    State state,
    String runId,
    String recipe,
    String inputs,
    String content,
    long rowsIn,
    long rowsOut,
    Map<String, Long> removed,
    Map<String, String> totals,
    List<String> missing,
    Map<String, String> files,
    Map<String, String> sources,
    String committedAt,
    Hold hold) {
  /** What readers may do with the partition. */
  public enum State {
    COMMITTED,
    EMPTY,
    HELD,
    REJECTED;

    /** Whether readers see it. */
    boolean published() {
      return this == COMMITTED || this == EMPTY;
    }
  }

  public LedgerEntry {
    removed = Collections.unmodifiableMap(new TreeMap<>(removed)); // sorted: the JSON is hashed
    totals = totals == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(totals));
    missing = List.copyOf(missing);
    files = Collections.unmodifiableMap(new TreeMap<>(files));
    sources = sources == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(sources));
  }

  /** The same with its data files. */
  LedgerEntry in(Map<String, String> dataFiles) {
    return with(state, runId, dataFiles, committedAt, hold);
  }

  /** The same as another run puts it back. */
  LedgerEntry again(String byRun, Instant now) {
    return with(state, byRun, files, now.toString(), hold);
  }

  /** The same after a person's decision. */
  LedgerEntry decided(Hold.Decision decision, String byRun) {
    State after =
        !decision.released() ? State.REJECTED : rowsOut == 0 ? State.EMPTY : State.COMMITTED;
    Hold was = hold == null ? Hold.open(List.of(), List.of(), true) : hold;
    return with(after, byRun, files, decision.at(), was.decided(decision));
  }

  private LedgerEntry with(
      State as, String byRun, Map<String, String> dataFiles, String at, Hold why) {
    return new LedgerEntry(
        dataset, partition, as, byRun, recipe, inputs, content, rowsIn, rowsOut, removed, totals,
        missing, dataFiles, sources, at, why);
  }

  /** Whether readers see this build. */
  public boolean published() {
    return state.published();
  }

  /** Whether nobody has decided about it yet. */
  public boolean held() {
    return state == State.HELD;
  }

  /** Why it was not published when it was built, in words; empty for most. */
  public Optional<String> why() {
    return Optional.ofNullable(hold).map(Hold::told);
  }

  /** Whether others may be built on it, though it is held: its rows are sound, only unusual. */
  public boolean soundThoughHeld() {
    return held() && hold != null && !hold.broken();
  }

  /** Whether nothing of its own holds it, only what it was built on. */
  public boolean follows() {
    return hold != null && hold.follows();
  }

  /** Whether readers could not tell the two builds apart. */
  public boolean isAlike(LedgerEntry other) {
    return recipe.equals(other.recipe)
        && content.equals(other.content)
        && missing.equals(other.missing);
  }

  /** Whether building again from the same things would give the same result. */
  public boolean builtFrom(String otherRecipe, String otherInputs) {
    return recipe.equals(otherRecipe) && inputs.equals(otherInputs);
  }
}
