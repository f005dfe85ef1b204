package ltv.sandbox.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ltv.sandbox.market.Campaign;
import ltv.sandbox.market.Click;
import ltv.sandbox.market.Completion;
import ltv.sandbox.market.Market;

/** The folder into which the network and the offerwall put a file a day. */
public final class DropFolder {
  private final Path folder;

  /** Into a folder, which need not be there. */
  public DropFolder(Path folder) {
    this.folder = folder;
  }

  /** Where it is. */
  public String path() {
    return folder.toAbsolutePath().toString();
  }

  /**
   * Puts the files of all days until one into it.
   *
   * @param market whole: a click is told, whether or not its user has come by then
   */
  public void fill(Market market, LocalDate until) {
    Map<LocalDate, List<Click>> clicks =
        Click.of(market).stream()
            .collect(
                Collectors.groupingBy(
                    click -> click.at().toLocalDate(), TreeMap::new, Collectors.toList()));
    String campaign =
        Campaign.of(Campaign.NETWORK, market).stream().map(Campaign::id).findFirst().orElseThrow();
    try {
      Files.createDirectories(folder);
      for (LocalDate day = market.from(); !day.isAfter(until); day = day.plusDays(1)) {
        put(
            "clicks-" + day,
            "clicked_at,media_source,campaign_id,site_id,app_id,platform,advertising_id,ip",
            clicks.getOrDefault(day, List.of()).stream()
                .map(click -> line(click, campaign))
                .toList());
        put(
            "completions-" + day,
            "completed_at,transaction_id,user_id,campaign_id,ip,reward",
            Completion.of(day).stream().map(DropFolder::line).toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(String name, String header, List<String> lines) throws IOException {
    String text =
        header + "\n" + lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    Files.writeString(folder.resolve(name + ".csv"), text);
  }

  private static String line(Click click, String campaign) {
    return String.join(
        ",",
        AppsFlyerServer.TIME.format(click.at()),
        Market.NETWORK_SOURCE,
        campaign,
        click.site(),
        AppsFlyerServer.APP,
        "android",
        click.advertisingId(),
        click.address());
  }

  private static String line(Completion done) {
    return String.join(
        ",",
        AppsFlyerServer.TIME.format(done.at()),
        done.transaction(),
        done.member(),
        "8802",
        done.address(),
        "" + done.reward());
  }
}
