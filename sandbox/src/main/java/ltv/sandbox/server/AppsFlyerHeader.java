package ltv.sandbox.server;

import java.util.List;

/** The default columns of AppsFlyer's raw-data reports, in their order. */
final class AppsFlyerHeader {
  static final List<String> COLUMNS =
      List.of(
          "Attributed Touch Type", "Attributed Touch Time", "Install Time", "Event Time",
          "Event Name", "Event Value", "Event Revenue", "Event Revenue Currency",
          "Event Revenue USD", "Event Source", "Is Receipt Validated", "Partner", "Media Source",
          "Channel", "Keywords", "Campaign", "Campaign ID", "Adset", "Adset ID", "Ad", "Ad ID",
          "Ad Type", "Site ID", "Sub Site ID", "Sub Param 1", "Sub Param 2", "Sub Param 3",
          "Sub Param 4", "Sub Param 5", "Cost Model", "Cost Value", "Cost Currency",
          "Contributor 1 Partner", "Contributor 1 Media Source", "Contributor 1 Campaign",
          "Contributor 1 Touch Type", "Contributor 1 Touch Time", "Contributor 2 Partner",
          "Contributor 2 Media Source", "Contributor 2 Campaign", "Contributor 2 Touch Type",
          "Contributor 2 Touch Time", "Contributor 3 Partner", "Contributor 3 Media Source",
          "Contributor 3 Campaign", "Contributor 3 Touch Type", "Contributor 3 Touch Time",
          "Region", "Country Code", "State", "City", "Postal Code", "DMA", "IP", "WIFI",
          "Operator", "Carrier", "Language", "AppsFlyer ID", "Advertising ID", "IDFA",
          "Android ID", "Customer User ID", "IMEI", "IDFV", "Platform", "Device Type",
          "OS Version", "App Version", "SDK Version", "App ID", "App Name", "Bundle ID",
          "Is Retargeting", "Retargeting Conversion Type", "Attribution Lookback",
          "Reengagement Window", "Is Primary Attribution", "User Agent", "HTTP Referrer",
          "Original URL");

  private AppsFlyerHeader() {}
}
