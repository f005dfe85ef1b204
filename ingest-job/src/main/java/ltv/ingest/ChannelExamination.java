package ltv.ingest;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import ltv.dataset.Doctor;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.Reach;
import ltv.ingest.http.Waiting;
import ltv.ingest.plan.CallBudget;
import ltv.lake.Lake;

/** Asks every account of a site for its rights, and tells what is left of its calls. */
final class ChannelExamination {
  private ChannelExamination() {}

  /** Tells the doctor of each account; what is returned is told of the site file's channels. */
  static String of(Path config, Doctor doctor) {
    Clock clock = Clock.systemUTC();
    Channels channels = Channels.bind(config, System.getenv(), List.of());
    LocalDate today = LocalDate.ofInstant(clock.instant(), channels.site().timezone());
    channels.expiring(today).forEach((name, warning) -> doctor.warn(name, warning));
    try (Lake lake = Lake.look(channels.site())) {
      CallBudget budget = new CallBudget(lake.state(), clock, Waiting.REAL);
      for (ChannelConnector connector : channels.connect(List.of(), budget, Reach.CHANGES)) {
        connector.streams().stream()
            .flatMap(stream -> stream.accounts().stream())
            .distinct()
            .forEach(
                account ->
                    doctor.examine(
                        connector.channel() + " " + account.id(),
                        () -> examined(connector, account, budget)));
      }
    }
    return "declared as they should be";
  }

  private static String examined(
      ChannelConnector connector, ChannelAccount account, CallBudget budget) {
    List<String> found = new ArrayList<>(List.of(connector.examine(account)));
    found.addAll(budget.left(connector.channel(), account.id()));
    return String.join("; ", found);
  }
}
