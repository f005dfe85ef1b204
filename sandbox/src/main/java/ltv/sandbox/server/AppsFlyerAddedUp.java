package ltv.sandbox.server;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ltv.sandbox.market.Campaign;
import ltv.sandbox.market.InstallDay;
import ltv.sandbox.market.Market;

/** What AppsFlyer adds up by install day, as CSV. */
final class AppsFlyerAddedUp {
  private static final String PARTNERS =
      "Date,Agency/PMD (af_prt),Media Source (pid),Campaign (c),Impressions,Clicks,CTR,Installs,"
          + "Conversion Rate,Sessions,Loyal Users,Loyal Users/Installs,Total Revenue,Total Cost,ROI,"
          + "ARPU,Average eCPI,af_purchase (Unique users),af_purchase (Event counter)";

  private final List<InstallDay> days;

  AppsFlyerAddedUp(Market market) {
    this.days = InstallDay.of(market);
  }

  private List<InstallDay> between(LocalDate from, LocalDate to) {
    return days.stream().filter(d -> !d.day().isBefore(from) && !d.day().isAfter(to)).toList();
  }

  String partners(LocalDate from, LocalDate to) {
    return between(from, to).stream()
        .map(AppsFlyerAddedUp::partner)
        .collect(Collectors.joining("", PARTNERS + "\r\n", ""));
  }

  private static String partner(InstallDay d) {
    String cost = d.campaign() == null ? "N/A" : "" + d.cost();
    return "%s,None,%s,%s,N/A,N/A,N/A,%d,N/A,%d,%d,N/A,%d,%s,N/A,N/A,%s,%d,%d\r\n"
        .formatted(
            d.day(),
            d.mediaSource(),
            named(d.campaign()),
            d.installs(),
            d.installs() * 3,
            d.buyers(),
            d.total(),
            cost,
            d.campaign() == null ? "N/A" : "" + d.costPerInstall(),
            d.buyers(),
            d.orders());
  }

  /**
   * With a column for each age that some row has; the newest first, since nobody may rely on it.
   */
  String cohort(LocalDate from, LocalDate to) {
    List<InstallDay> wanted = between(from, to);
    int ages = wanted.stream().mapToInt(d -> d.revenue().size()).max().orElse(0);
    String header =
        IntStream.range(0, ages)
            .map(i -> ages - 1 - i)
            .mapToObj(age -> ",revenue_sum_day_" + age)
            .collect(Collectors.joining("", "date,pid,c,af_c_id,users,cost,ecpi", "\r\n"));
    return wanted.stream().map(d -> line(d, ages)).collect(Collectors.joining("", header, ""));
  }

  private static String line(InstallDay d, int ages) {
    String known =
        d.campaign() == null
            ? "None,None,%d,,".formatted(d.installs())
            : "%s,%s,%d,%d,%d"
                .formatted(
                    named(d.campaign()),
                    d.campaign().id(),
                    d.installs(),
                    d.cost(),
                    d.costPerInstall());
    return IntStream.range(0, ages)
        .map(i -> ages - 1 - i)
        .mapToObj(age -> "," + (age < d.revenue().size() ? d.revenue().get(age) : ""))
        .collect(Collectors.joining("", d.day() + "," + d.mediaSource() + "," + known, "\r\n"));
  }

  private static String named(Campaign campaign) {
    return campaign == null ? "None" : '"' + campaign.name().replace("\"", "\"\"") + '"';
  }
}
