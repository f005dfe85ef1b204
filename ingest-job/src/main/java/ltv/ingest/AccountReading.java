package ltv.ingest;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.land.LandedDay;
import ltv.ingest.land.Landing;
import ltv.ingest.plan.CallBudget;
import ltv.ingest.plan.CollectionPlan;
import ltv.ingest.plan.Decision;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * Reads the accounts of a stream, day by day. Of one that does not answer the day stays as it was
 * read before, and so do its next days: it is asked no more, and stops no other.
 */
final class AccountReading {
  /** After one of these an account will not answer the next day either. */
  private static final Set<ExitCode> GOES_AWAY =
      Set.of(ExitCode.REFUSED, ExitCode.UNAVAILABLE, ExitCode.BUG);

  private final ChannelStream stream;
  private final ChannelConnector connector;
  private final Optional<String> rows;
  private final Landing landing;
  private final CollectionPlan plan;
  private final CallBudget budget;
  private final Map<ChannelAccount, JobException> away = new HashMap<>();

  /**
   * A reading of the days that the plan lets be read.
   *
   * @param rows where JSON pages have their rows
   */
  AccountReading(
      ChannelStream stream,
      ChannelConnector connector,
      Optional<String> rows,
      Landing landing,
      CollectionPlan plan,
      CallBudget budget) {
    this.stream = stream;
    this.connector = connector;
    this.rows = rows;
    this.landing = landing;
    this.plan = plan;
    this.budget = budget;
  }

  /**
   * A day of all accounts.
   *
   * @param landed what is there of it, by whatever run it was read
   * @param readNow what this run read
   * @param silent accounts of which nothing is there
   * @param failed why some were not read now, or not asked any more
   * @param answered whether anybody was read now, or rests, or has pages that another stream landed
   */
  record Day(
      List<LandedDay> landed,
      List<LandedDay> readNow,
      List<ChannelAccount> silent,
      Map<ChannelAccount, JobException> failed,
      boolean answered) {}

  /** Asks nobody any more, for this reason. */
  void giveUp(JobException why) {
    stream.accounts().forEach(account -> away.putIfAbsent(account, why));
  }

  /** Reads a day. */
  Day read(LocalDate date) {
    List<LandedDay> landed = new ArrayList<>();
    List<LandedDay> readNow = new ArrayList<>();
    List<ChannelAccount> silent = new ArrayList<>();
    Map<ChannelAccount, JobException> failed = new LinkedHashMap<>();
    boolean answered = false;
    for (ChannelAccount account : stream.accounts()) {
      FetchRequest request = new FetchRequest(stream, account, date);
      Optional<LandedDay> last = landing.last(request);
      Decision decision = plan.of(stream, account, date);
      boolean rests =
          last.isPresent() && (!stream.isFetched() || decision.action() == Decision.Action.REST);
      if (decision.action() == Decision.Action.POSTPONE) {
        if (decision.asked()) {
          failed.put(account, ChannelException.waitUntil(decision.at(), decision + "."));
        }
      } else if (away.containsKey(account) && !rests) {
        failed.put(account, away.get(account));
      } else if (stream.isFetched() && !rests) {
        try {
          LandedDay now = landed(request, last);
          readNow.add(now);
          last = Optional.of(now);
        } catch (ChannelException e) {
          failed.put(account, e);
          if (GOES_AWAY.contains(e.exitCode())) {
            away.put(account, e);
          }
        }
      }
      answered |= rests || !readNow.isEmpty();
      last.ifPresentOrElse(landed::add, () -> silent.add(account));
    }
    return new Day(landed, readNow, silent, failed, answered);
  }

  private LandedDay landed(FetchRequest request, Optional<LandedDay> last) {
    if (last.isPresent() && plan.isRead(stream, request.account(), last.get())) {
      return last.get();
    }
    budget.reading(request);
    return landing.land(connector, request, last, rows);
  }
}
