import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ltv.calculate.CalculateCommand;
import ltv.config.EngineSettings;
import ltv.dataset.Datasets;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.sandbox.worth.WorthCampaign;
import ltv.sandbox.worth.WorthMarket;

/** Seconds of the three datasets that a day's value is computed in, DuckDB with one thread, for so many users of so many campaigns. Run by bench/ltv speed. */
public final class LtvSpeed {
  private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
  private static final int DAYS = 420;
  private static final int FOLLOWED = 180;

  public static void main(String... args) throws IOException {
    int users = Integer.parseInt(args[0]);
    int campaigns = Integer.parseInt(args[1]);
    Path folder = Files.createTempDirectory("ltv-bench");
    Path csv = folder.resolve("cohorts.csv");
    // some 1,300 people a campaign in a market of size 1
    WorthMarket market = WorthMarket.of(1, FIRST, DAYS, FOLLOWED, campaigns, users / 1300.0 / campaigns);
    long[] told = write(market, csv);
    System.out.printf("%,d users of %d campaigns, %,d rows of ltv_cohort_daily%n", told[0], campaigns, told[1]);
    try (DuckDb engine = new DuckDb(new EngineSettings(1, "500MB"), folder.resolve("scratch")); DuckDbSession session = engine.open()) {
      session.execute("create temp table ltv_cohort_daily as select * replace (cast(net_value as decimal(18, 4)) as net_value, cast(revenue as decimal(18, 4)) as revenue, cast(ad_revenue as decimal(18, 4)) as ad_revenue, cast(cost as decimal(18, 4)) as cost) from read_csv('" + csv + "')");
      session.define("run_date", FIRST.plusDays(DAYS - 1));
      session.define("param_ltv_horizons", "0,1,3,7,14,30,60,90,180,360");
      session.define("param_ltv_discount_rate", "0.1");
      Datasets datasets = Datasets.packedWith(CalculateCommand.class);
      double all = 0;
      for (String name : List.of("ltv_backtest", "ltv_forecast", "ltv_cohort_forecast")) {
        long began = System.nanoTime();
        datasets.get(name).build(session, name);
        double seconds = (System.nanoTime() - began) / 1e9;
        all += seconds;
        System.out.printf("%s %.1f s, %,d rows%n", name, seconds, session.rows("select count(*) from " + name).get(0).get(0));
      }
      System.out.printf("together %.1f s%n", all);
    }
    Files.delete(csv);
  }

  /** As rows of ltv_cohort_daily until the last day on which people come; returns how many people and rows. */
  private static long[] write(WorthMarket market, Path csv) throws IOException {
    long[] told = new long[2];
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(csv))) {
      out.println("report_date,cohort_date,channel,campaign_id,platform,country,users,cost,orders,payers,revenue,ad_revenue,net_value");
      final class Rows implements WorthMarket.Listener {
        private String cohort = "";
        private int day;
        private final Map<String, Map<Integer, Long>> paid = new LinkedHashMap<>();
        private final Map<String, Long> users = new LinkedHashMap<>();

        @Override
        public void came(WorthCampaign campaign, String platform, String country, int cameOn) {
          if (cameOn != day) { // days come one after the other within a campaign
            flush();
            day = cameOn;
          }
          cohort = campaign.channel() + "," + campaign.id() + "," + platform + "," + country;
          users.merge(cohort, 1L, Long::sum);
          told[0]++;
        }

        @Override
        public void paid(String kind, int age, long won) {
          if (day + age < DAYS) {
            paid.computeIfAbsent(cohort, c -> new TreeMap<>()).merge(age, won, Long::sum);
          }
        }

        @Override
        public void meant(int age, double won) {}

        void flush() {
          users.forEach((name, count) -> {
            Map<Integer, Long> own = paid.computeIfAbsent(name, c -> new TreeMap<>());
            own.putIfAbsent(0, 0L);
            own.forEach((age, won) -> {
              out.printf("%s,%s,%s,%d,%d,0,0,%d,0,%d%n", FIRST.plusDays(day + age), FIRST.plusDays(day), name, age == 0 ? count : 0, age == 0 ? 1800 * count : 0, won, won);
              told[1]++;
            });
          });
          users.clear();
          paid.clear();
        }
      }

      Rows rows = new Rows();
      market.tell(rows);
      rows.flush();
    }
    return told;
  }
}
