package ltv.calculate.hold;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import ltv.calculate.serve.MartPublisher;
import ltv.config.SiteConfig;
import ltv.dataset.Datasets;
import ltv.dataset.Mending;
import ltv.dataset.Opened;
import ltv.lake.Hold;
import ltv.lake.Lake;
import ltv.run.ExitCode;
import ltv.run.JobException;
import ltv.run.JobMain;
import ltv.run.PartitionOutcome;
import ltv.run.RunReport;
import ltv.run.SiteFlags;
import ltv.watch.RunWatch;
import ltv.watch.Watched;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hold}: what is built and not published, why, and what a person decides about it. */
@Command(
    name = "hold",
    mixinStandardHelpOptions = true,
    description =
        "List and show what is built and not published, and release or reject it: of all jobs'"
            + " tables.")
public final class HoldCommand {
  private static final int FOLLOWERS_SHOWN = 4;

  private final Class<?> main;

  /**
   * The command.
   *
   * @param main the job's class, beside which its dataset folders are packed
   */
  public HoldCommand(Class<?> main) {
    this.main = main;
  }

  /** Which partitions, and who says so. */
  static final class DecisionFlags {
    @Parameters(
        arity = "1..*",
        paramLabel = "DAY|DATASET/DAY",
        description = "A day with all that is held of it, or one partition with what follows it.")
    private List<String> names;

    @Option(
        names = "--why",
        required = true,
        paramLabel = "TEXT",
        description = "The reason, for whoever reads of the day later.")
    private String why;

    @Option(
        names = "--by",
        paramLabel = "NAME",
        defaultValue = "${sys:user.name}",
        description = "Who decides (default: the user of this process).")
    private String by;

    Hold.Decision decision(boolean released) {
      return new Hold.Decision(released, by, why, Clock.systemUTC().instant().toString());
    }
  }

  /**
   * {@code hold list}: one line per hold, with how much follows it.
   *
   * @return the exit code
   */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List what is held, and why.")
  int list(
      @Mixin SiteFlags flags,
      @Option(names = "--all", description = "Also what was released or rejected.") boolean all) {
    return looking(
        flags,
        (opened, report) -> {
          Holds holds = new Holds(opened);
          List<HeldPartition> found = all ? holds.all() : holds.open();
          for (HeldPartition held : found) {
            if (!held.follows()) {
              report.tell(flags, held.name(), line(held, found));
            }
          }
          report.fact("held", "" + found.stream().filter(h -> h.entry().held()).count());
          if (found.isEmpty() && flags.text()) {
            System.out.println("Nothing is held.");
          }
        });
  }

  private static String line(HeldPartition held, List<HeldPartition> all) {
    List<String> followers =
        all.stream()
            .filter(other -> other != held && other.follows())
            .filter(other -> other.entry().partition().equals(held.entry().partition()))
            .map(other -> other.dataset().name())
            .toList();
    String behind =
        followers.isEmpty()
            ? ""
            : " [%d tables of the day follow: %s%s]"
                .formatted(
                    followers.size(),
                    String.join(
                        ", ", followers.subList(0, Math.min(FOLLOWERS_SHOWN, followers.size()))),
                    followers.size() > FOLLOWERS_SHOWN ? " …" : "");
    String decided = held.hold().decided().map(d -> " (" + d + ")").orElse("");
    return "%-9s %s: %s%s%s"
        .formatted(
            held.kind(), held.name(), String.join("; ", held.hold().reasons()), decided, behind);
  }

  /**
   * {@code hold show}: everything known of one.
   *
   * @return the exit code
   */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Show why a day is held, what follows it, what readers see instead.")
  int show(
      @Mixin SiteFlags flags,
      @Parameters(arity = "1..*", paramLabel = "DAY|DATASET/DAY", description = "Which.")
          List<String> names) {
    return looking(
        flags,
        (opened, report) -> {
          List<HeldPartition> meant = Selection.of(names, new Holds(opened).open());
          Predicate<HeldPartition> named = held -> !held.follows() || names.contains(held.name());
          meant.stream().filter(named).forEach(h -> report.tell(flags, h.name(), shown(h)));
          List<String> others =
              meant.stream().filter(named.negate()).map(HeldPartition::name).toList();
          if (!others.isEmpty()) {
            report.tell(flags, "follow", others.size() + " follow: " + String.join(", ", others));
          }
          Optional<LocalDate> day = meant.get(0).partition().day();
          String again = "%s --date %s   # where a source tells otherwise by now: reads it again";
          day.map(d -> again.formatted(Mending.command("run", flags), d))
              .ifPresent(command -> report.tell(flags, "again", command));
          for (String decision : List.of("release", "reject")) {
            String command = Mending.command("calculate hold " + decision, flags);
            report.tell(flags, decision, "%s %s --why '…'".formatted(command, names.get(0)));
          }
        });
  }

  private static String shown(HeldPartition held) {
    String reasons =
        held.hold().reasons().stream().map(r -> "\n  " + r).collect(Collectors.joining());
    return "%s  %s, built %s by run %s, %,d rows; readers see %s%s%s"
        .formatted(
            held.name(),
            held.kind(),
            held.entry().committedAt(),
            held.entry().runId(),
            held.entry().rowsOut(),
            held.seen(),
            reasons,
            held.hold().onHeld().map(on -> "\n  " + on).orElse(""));
  }

  /**
   * {@code hold release}: publishes exactly what was built.
   *
   * @return the exit code
   */
  @Command(
      name = "release",
      mixinStandardHelpOptions = true,
      description = "Publish exactly what was built; days near it are not held for it again.")
  int release(
      @Mixin SiteFlags flags,
      @Mixin DecisionFlags decision,
      @Option(
              names = "--despite-failed-checks",
              description = "Also what broke a check, which the rows of a dataset must keep.")
          boolean despite) {
    return deciding(
        flags,
        (opened, report) -> {
          Holds holds = new Holds(opened);
          List<HeldPartition> meant = Selection.of(decision.names, holds.open());
          refuseBroken(meant, despite);
          for (HeldPartition held : meant) {
            report.dataset(
                held.dataset().name(),
                () -> List.of(released(held, holds, decision.decision(true), opened)));
          }
          MartPublisher.publish(opened, report);
        });
  }

  private static void refuseBroken(List<HeldPartition> meant, boolean despite) {
    List<HeldPartition> broken = meant.stream().filter(held -> held.hold().broken()).toList();
    if (!despite && !broken.isEmpty()) {
      throw new JobException(
          ExitCode.USAGE,
          "%s broke a check (%s): mend the input or the rule and run the day again, or say --despite-failed-checks."
              .formatted(broken.get(0).name(), broken.get(0).hold().told()));
    }
  }

  private static PartitionOutcome released(
      HeldPartition held, Holds holds, Hold.Decision decision, Opened opened) {
    for (String on : held.hold().on()) {
      if (!holds.isReleased(on)) {
        return new PartitionOutcome.NotReady(
            held.dataset().name(),
            held.entry().partition(),
            "it was built on %s, which is not released as it was then; release that first, or run the day again."
                .formatted(on));
      }
    }
    return held.table().release(held.partition(), decision, opened.run().id());
  }

  /**
   * {@code hold reject}: what was built stays out.
   *
   * @return the exit code
   */
  @Command(
      name = "reject",
      mixinStandardHelpOptions = true,
      description = "Keep what was built out for good; it is judged again when its inputs change.")
  int reject(@Mixin SiteFlags flags, @Mixin DecisionFlags decision) {
    return deciding(
        flags,
        (opened, report) -> {
          for (HeldPartition held : Selection.of(decision.names, new Holds(opened).open())) {
            report.dataset(
                held.dataset().name(),
                () ->
                    List.of(
                        held.table()
                            .reject(
                                held.partition(), decision.decision(false), opened.run().id())));
          }
          MartPublisher.publish(opened, report);
        });
  }

  private int looking(SiteFlags flags, BiConsumer<Opened, RunReport> work) {
    return on(flags, Lake::look, Watched.nothing(), work);
  }

  private int deciding(SiteFlags flags, BiConsumer<Opened, RunReport> work) {
    return on(flags, Lake::open, Watched.command("hold", flags, null, List.of()), work);
  }

  private int on(
      SiteFlags flags,
      Function<SiteConfig, Lake> lakes,
      Watched watched,
      BiConsumer<Opened, RunReport> work) {
    return JobMain.run(
        "calculate",
        flags,
        (run, report) -> {
          SiteConfig site = SiteConfig.read(flags.config(), System.getenv());
          Datasets datasets = Datasets.seenBy("calculate", main, flags);
          RunWatch watch =
              RunWatch.begin(run, site, watched, report, name -> datasets.get(name).table());
          try (Lake lake = lakes.apply(site)) {
            work.accept(new Opened(run, site, lake, datasets), report);
            watch.look(lake);
          }
        });
  }
}
