package ltv.calculate.publish;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import ltv.config.ReportSettings;
import ltv.lake.Fingerprint;
import ltv.run.Metric;
import ltv.run.RunReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells readers of each version once. Who was told is remembered beside the version, after the
 * message went: a run that is killed in between tells them twice, but never not at all. A message
 * that cannot be sent is a warning; the next run sends it.
 */
public final class Notifier {
  private static final Logger log = LoggerFactory.getLogger(Notifier.class);

  private final Shelf shelf;
  private final List<Post> posts = new ArrayList<>();
  private final Instant now;
  private final Mode mode;

  /** Ways that did not work for an earlier report of this run, and why. */
  private final SortedMap<String, String> away = new TreeMap<>();

  /** By way, reports of which somebody was not told. */
  private final SortedMap<String, Integer> unsent = new TreeMap<>();

  /** Whether those are told who know already. */
  public enum Mode {
    /** Only who was not told of the version. */
    ONCE,
    /** Everybody. */
    AGAIN
  }

  /** What a site's settings say. */
  public Notifier(Shelf shelf, ReportSettings settings, Instant now, Mode mode) {
    this.shelf = shelf;
    this.now = now;
    this.mode = mode;
    if (settings.mail() != null) {
      posts.add(new MailPost(settings.mail()));
    }
    if (settings.slack() != null) {
      posts.add(new SlackPost(settings.slack().webhook()));
    }
  }

  /**
   * Who was told of a version, as it is remembered beside it.
   *
   * @param sentAt instant of the run that sent the last message
   * @param to fingerprints of who was told
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Sent(String sentAt, List<String> to) {
    Sent {
      to = to == null ? List.of() : List.copyOf(to);
    }
  }

  /** Tells of a version; returns by way how it went, for the run's report. */
  public SortedMap<String, String> tell(Notice notice) {
    SortedMap<String, String> told = new TreeMap<>();
    for (Post post : posts) {
      String how;
      try {
        how = tell(notice, post);
      } catch (RuntimeException e) { // the report is out: no message may fail it
        how =
            "not sent: " + e.getClass().getSimpleName(); // its text may hold an address or a secret
      }
      told.put(post.name(), how);
      boolean failed = how.startsWith("not ");
      unsent.merge(post.name(), failed ? 1 : 0, Integer::sum);
      if (failed) {
        log.warn(
            "{} of {} {}: {}; the next run tries again.",
            post.name(),
            notice.version().week(),
            notice.version().type(),
            how);
      }
    }
    return told;
  }

  /** Says how many reports each way has told not everybody of; once, when all are told. */
  public void measure(RunReport run) {
    unsent.forEach((way, reports) -> run.measure(Metric.REPORTS_UNTOLD, reports, way));
  }

  private String tell(Notice notice, Post post) {
    String memory = notice.version().folder() + "/sent-" + post.name() + ".json";
    Sent before =
        mode == Mode.AGAIN
            ? new Sent(null, List.of())
            : shelf.read(memory, Sent.class).orElse(new Sent(null, List.of()));
    TreeSet<String> knowing = new TreeSet<>(before.to());
    List<String> left =
        post.recipients().stream().filter(r -> !knowing.contains(fingerprint(r))).toList();
    if (left.isEmpty()) {
      return knowing.isEmpty() ? "nobody to tell" : "sent before";
    }
    String trouble = null;
    int sent = 0;
    try {
      for (String recipient : away.containsKey(post.name()) ? List.<String>of() : left) {
        try {
          post.send(notice, recipient);
          knowing.add(fingerprint(recipient));
          sent++;
        } catch (Post.Refused e) {
          trouble = e.getMessage();
        } catch (Post.Away e) {
          away.put(post.name(), e.getMessage());
          break;
        }
      }
    } finally { // who was told is remembered, whatever ended it
      if (sent > 0 || mode == Mode.AGAIN) {
        shelf.write(memory, new Sent(now.toString(), List.copyOf(knowing)));
      }
    }
    trouble = away.getOrDefault(post.name(), trouble);
    return trouble == null
        ? "sent to " + sent
        : "not sent to %d of %d: %s".formatted(left.size() - sent, left.size(), trouble);
  }

  private static String fingerprint(String recipient) {
    return Fingerprint.of(recipient.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8))
        .substring(0, 16);
  }
}
