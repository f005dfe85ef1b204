package ltv.sandbox.chain;

import static ltv.sandbox.chain.FileSite.day;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import ltv.sandbox.World;
import ltv.sandbox.market.Sheet;
import ltv.sandbox.server.SheetsServer;

/**
 * A site with two accounts of an ad channel, an app that sends events, and a spreadsheet in which
 * people say what they are: the test writes every row.
 */
final class GuidedSite implements AutoCloseable {
  private static final String SITE =
      """
      site: shop
      timezone: Asia/Seoul
      reporting_currency: KRW
      home: %1$s/home
      lookback_days: 2
      engine: {threads: 1, memory_limit: 500MB}
      personal_data: {hash_key: hash-key-of-the-test}
      naming:
        - {channel: adison, pattern: '^(?<country>[A-Z]{2})_(?<objective>[^_]+)_(?<os>AOS|iOS)$'}
      channels:
        adison:
          lookback_days: 1
          accounts:
            - {id: app, file: {folder: %1$s/drop, files: "app-{date}.csv"}}
            - {id: web, file: {folder: %1$s/drop, files: "web-{date}.csv"}}
        ga4_export:
          lookback_days: 1
          accounts: [{id: "4242", timezone: Asia/Seoul, extract: "%1$s/drop/events-{date}.json"}]
        google_sheets:
          base_url: %2$s
          token_url: %2$s/token
          service_account: %3$s
          streams:
            campaign_guide: {spreadsheet_id: lists, tab: campaign_guide}
            event_guide: {spreadsheet_id: lists, tab: event_guide}
      """;

  private static final int CAMPAIGNS = 0;
  private static final int EVENTS = 1;

  /** The server looks here for each call. */
  private final List<Sheet> tabs =
      new CopyOnWriteArrayList<>(
          List.of(
              tab("campaign_guide", "매체,캠페인ID,캠페인명,국가,os,목표"),
              tab("event_guide", "출처,이벤트명,표준 이벤트")));

  private final SheetsServer sheets;
  private final FileSite site;

  GuidedSite(Path folder) throws IOException {
    site = new FileSite(folder);
    try (InputStream file = World.class.getResourceAsStream("service_account.json")) {
      byte[] key = file.readAllBytes();
      sheets = new SheetsServer(Map.of("lists", tabs), 0, new String(key, StandardCharsets.UTF_8));
      sheets.start();
      Files.writeString(
          site.config(),
          SITE.formatted(folder, sheets.address(), Base64.getEncoder().encodeToString(key)));
    }
  }

  FileSite jobs() {
    return site;
  }

  /** What an account's campaigns did on a day; each is {@code id,name,won}. */
  void spends(int n, String account, String... campaigns) {
    StringBuilder csv = new StringBuilder("날짜,캠페인ID,캠페인명,플랫폼,광고유형,노출,클릭,전환,광고비\n");
    for (String campaign : campaigns) {
      String[] f = campaign.split(",");
      csv.append("%s,%s,%s,android,CPI,1000,10,1,%s\n".formatted(day(n), f[0], f[1], f[2]));
    }
    drop(account + "-" + day(n) + ".csv", csv);
  }

  /** What the app told of a day; each is {@code device,event} and the campaign of a paid visit. */
  void happens(int n, String... events) {
    StringBuilder lines = new StringBuilder();
    long noon = day(n).atTime(3, 0).toEpochSecond(ZoneOffset.UTC);
    for (int i = 0; i < events.length; i++) {
      String[] f = events[i].split(",");
      String visit =
          f.length < 3
              ? ""
              : """
              , "collected_traffic_source": {"manual_source": "adison", "manual_medium": "cpi", "manual_campaign_name": "%s"}"""
                  .formatted(f[2]);
      lines.append(
          """
          {"event_date": "%s", "event_timestamp": "%d", "event_name": "%s", "user_pseudo_id": "%s", "platform": "ANDROID", "geo": {"country": "South Korea"}%s}
          """
              .formatted(
                  day(n).toString().replace("-", ""), (noon + i) * 1_000_000, f[1], f[0], visit));
    }
    drop("events-" + day(n).toString().replace("-", "") + ".json", lines);
  }

  private void drop(String name, CharSequence text) {
    try {
      Files.writeString(site.drop().resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Somebody adds a row to the guide of campaigns. */
  void explainsCampaign(String row) {
    add(CAMPAIGNS, row);
  }

  /** Somebody adds a row to the guide of events. */
  void explainsEvent(String row) {
    add(EVENTS, row);
  }

  private void add(int tab, String row) {
    List<List<Object>> rows = new ArrayList<>(tabs.get(tab).values());
    rows.add(List.of((Object[]) row.split(",")));
    tabs.set(tab, new Sheet(tabs.get(tab).title(), rows));
  }

  private static Sheet tab(String title, String header) {
    return new Sheet(title, List.of(List.of((Object[]) header.split(","))));
  }

  @Override
  public void close() {
    sheets.close();
  }
}
