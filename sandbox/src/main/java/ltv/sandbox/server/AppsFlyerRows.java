package ltv.sandbox.server;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import ltv.sandbox.market.Assist;
import ltv.sandbox.market.Campaign;
import ltv.sandbox.market.Claim;
import ltv.sandbox.market.Device;
import ltv.sandbox.market.Dirt;
import ltv.sandbox.market.Event;
import ltv.sandbox.market.Market;
import ltv.sandbox.market.ToldCampaign;
import ltv.sandbox.market.User;

/** The rows of one AppsFlyer report by day; a row's values are made when it is sent. */
final class AppsFlyerRows {
  private final ByDay<Row> days = new ByDay<>();

  /** One line of the report; its values by column, without the empty ones. */
  record Row(LocalDateTime at, Supplier<Map<String, String>> values) {}

  /** Every report of the market by its name in the address. */
  static Map<String, AppsFlyerRows> reports(Market market, Dirt dirt) {
    Map<String, AppsFlyerRows> reports =
        Map.of(
            "installs_report", new AppsFlyerRows(),
            "organic_installs_report", new AppsFlyerRows(),
            "in_app_events_report", new AppsFlyerRows(),
            "organic_in_app_events_report", new AppsFlyerRows(),
            "in-app-events-retarget", new AppsFlyerRows(),
            "uninstall_events_report", new AppsFlyerRows(),
            "organic_uninstall_events_report", new AppsFlyerRows(),
            "blocked_installs_report", new AppsFlyerRows(),
            "detection", new AppsFlyerRows(),
            "ad_revenue_raw", new AppsFlyerRows());
    LocalDate end = market.from().plusDays(market.days());
    for (User user : market.users()) {
      reports.get(prefix(user) + "installs_report").add(user, market.campaigns(), dirt);
      if (dirt.blocked(user)) {
        reports
            .get("blocked_installs_report")
            .add(new Row(user.installedAt(), () -> blocked(user)));
      }
      LocalDateTime found = user.installedAt().plusDays(Dirt.DAYS_UNTIL_REJECTED);
      if (dirt.rejected(user) && found.toLocalDate().isBefore(end)) {
        reports.get("detection").add(new Row(found, () -> rejected(user, found)));
      }
      LocalDateTime gone = user.installedAt().plusDays(User.DAYS_UNTIL_GONE);
      if (dirt.uninstalled(user) && gone.toLocalDate().isBefore(end)) {
        reports
            .get(prefix(user) + "uninstall_events_report")
            .add(new Row(gone, () -> uninstall(user, gone)));
      }
    }
    for (Event event : market.events()) {
      reports.get(prefix(event.user()) + "in_app_events_report").add(event, dirt);
      if (dirt.retargeted(event)) {
        reports.get("in-app-events-retarget").add(new Row(event.at(), () -> secondView(event)));
      }
      if (dirt.sawAd(event)) {
        reports.get("ad_revenue_raw").add(new Row(event.at(), () -> adRevenue(event)));
      }
    }
    return reports;
  }

  private static String prefix(User user) {
    return user.campaign() == null ? "organic_" : "";
  }

  /** Both ends inclusive, newest first; rows of one moment in the order of the market. */
  List<Row> between(LocalDateTime from, LocalDateTime to) {
    return days.between(from.toLocalDate(), to.toLocalDate()).stream()
        .filter(r -> !r.at.isBefore(from) && !r.at.isAfter(to))
        .sorted(Comparator.comparing(Row::at).reversed())
        .toList();
  }

  private void add(User user, List<Campaign> campaigns, Dirt dirt) {
    Row row = new Row(user.installedAt(), () -> assisted(user, campaigns));
    add(row);
    if (dirt.repeated(user)) {
      add(row);
    }
  }

  private void add(Event event, Dirt dirt) {
    Row row = new Row(event.at(), () -> event(event));
    add(row);
    if (dirt.repeated(event)) {
      add(row);
    }
    if (dirt.retargeted(event)) {
      add(new Row(event.at(), () -> secondView(event)));
    }
  }

  private void add(Row row) {
    days.add(row.at.toLocalDate(), row);
  }

  /** Of touches before the winning one AppsFlyer tells the campaign's name, and no id. */
  private static Map<String, String> assisted(User user, List<Campaign> campaigns) {
    Map<String, String> row = install(user);
    int n = 1;
    for (Assist assist : Assist.before(user, campaigns)) {
      String contributor = "Contributor " + n++ + " ";
      row.put(contributor + "Media Source", assist.mediaSource());
      row.put(contributor + "Campaign", assist.campaign().nameOn(user.installedAt().toLocalDate()));
      row.put(contributor + "Touch Type", assist.type());
      row.put(contributor + "Touch Time", AppsFlyerServer.TIME.format(assist.at()));
    }
    return row;
  }

  private static Map<String, String> secondView(Event event) {
    Map<String, String> second = event(event);
    second.put("Media Source", "retarget_int");
    second.put("Is Retargeting", "true");
    second.put("Is Primary Attribution", "false");
    return second;
  }

  private static Map<String, String> blocked(User user) {
    Map<String, String> row = install(user);
    row.put("AppsFlyer ID", user.appsFlyerId() + "9");
    row.put("Blocked Reason", "install_hijacking");
    return row;
  }

  private static Map<String, String> rejected(User user, LocalDateTime at) {
    Map<String, String> row = install(user);
    row.put("Event Time", AppsFlyerServer.TIME.format(at));
    row.put("Rejected Reason", "bots");
    return row;
  }

  private static Map<String, String> uninstall(User user, LocalDateTime at) {
    Map<String, String> row = install(user);
    row.put("Event Time", AppsFlyerServer.TIME.format(at));
    row.put("Event Name", "uninstall");
    return row;
  }

  private static Map<String, String> adRevenue(Event event) {
    Map<String, String> row = event(event);
    row.put("Event Name", "af_ad_revenue");
    row.put("Event Value", "");
    row.put("Event Revenue", BigDecimal.valueOf(Event.AD_THOUSANDTHS, 3).toString());
    row.put("Event Revenue Currency", "KRW");
    row.put("Monetization Network", "admob");
    return row;
  }

  private static Map<String, String> install(User user) {
    Map<String, String> row = new HashMap<>();
    Claim claim = Claim.of(user);
    row.put("Install Time", AppsFlyerServer.TIME.format(user.installedAt()));
    row.put("Event Time", AppsFlyerServer.TIME.format(user.installedAt()));
    row.put("Event Name", "install");
    row.put("Event Source", "SDK");
    row.put("Media Source", user.campaign() == null ? "organic" : user.mediaSource());
    if (user.campaign() != null) {
      row.put("Attributed Touch Type", "click");
      row.put("Attributed Touch Time", AppsFlyerServer.TIME.format(claim.touchedAt()));
      row.put("Site ID", user.publisher() == null ? "" : user.publisher().site());
      ToldCampaign told = ToldCampaign.of(user);
      row.put("Campaign", told.name());
      row.put("Campaign ID", told.id());
    }
    if (user.ad() != null) {
      row.put("Adset", user.ad().adSetName());
      row.put("Adset ID", user.ad().adSetId());
      row.put("Ad", user.ad().name());
      row.put("Ad ID", user.ad().id());
    }
    row.put("Country Code", "KR");
    Device device = claim.device();
    row.put("IP", device.address());
    row.put("WIFI", "" + device.wifi());
    row.put("Carrier", device.carrier());
    row.put("Language", device.language());
    row.put("OS Version", device.system());
    row.put("Is LAT", "" + device.limited());
    row.put("AppsFlyer ID", user.appsFlyerId());
    row.put(user.platform().equals("android") ? "Advertising ID" : "IDFA", user.advertisingId());
    row.put("Platform", user.platform());
    row.put("Device Model", device.model());
    row.put("User Agent", device.userAgent());
    if (claim.begunAt() != null) {
      row.put("Google Play Install Begin Time", AppsFlyerServer.TIME.format(claim.begunAt()));
    }
    row.put("App Version", "3.2.1");
    row.put("App ID", AppsFlyerServer.APP);
    row.put("App Name", "LTV 샵");
    row.put("Is Retargeting", "false");
    row.put("Is Primary Attribution", "true");
    return row;
  }

  private static Map<String, String> event(Event event) {
    Map<String, String> row = install(event.user());
    row.put("Event Time", AppsFlyerServer.TIME.format(event.at()));
    row.put("Event Name", event.name());
    row.put("Event Value", event.value());
    row.put("Customer User ID", event.userId());
    if (event.revenue() != 0) {
      row.put("Event Revenue", "" + event.revenue());
      row.put("Event Revenue Currency", "KRW");
      row.put("Event Revenue USD", "%.2f".formatted(event.revenue() / 1400.0));
    }
    return row;
  }
}
