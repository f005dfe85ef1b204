package ltv.ingest;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import ltv.config.Settings;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.Reach;
import ltv.ingest.channel.adison.AdisonConfig;
import ltv.ingest.channel.adison.AdisonConnector;
import ltv.ingest.channel.appleads.AppleAdsConfig;
import ltv.ingest.channel.appleads.AppleAdsConnector;
import ltv.ingest.channel.appsflyer.AppsFlyerConfig;
import ltv.ingest.channel.appsflyer.AppsFlyerConnector;
import ltv.ingest.channel.crm.CrmConfig;
import ltv.ingest.channel.crm.CrmConnector;
import ltv.ingest.channel.file.FileConfig;
import ltv.ingest.channel.file.FileConnector;
import ltv.ingest.channel.firestore.FirestoreConfig;
import ltv.ingest.channel.firestore.FirestoreConnector;
import ltv.ingest.channel.ga4.Ga4Config;
import ltv.ingest.channel.ga4.Ga4Connector;
import ltv.ingest.channel.ga4export.Ga4ExportConfig;
import ltv.ingest.channel.ga4export.Ga4ExportConnector;
import ltv.ingest.channel.googleads.GoogleAdsConfig;
import ltv.ingest.channel.googleads.GoogleAdsConnector;
import ltv.ingest.channel.meta.MetaConfig;
import ltv.ingest.channel.meta.MetaConnector;
import ltv.ingest.channel.mixpanel.MixpanelConfig;
import ltv.ingest.channel.mixpanel.MixpanelConnector;
import ltv.ingest.channel.naver.NaverConfig;
import ltv.ingest.channel.naver.NaverConnector;
import ltv.ingest.channel.sheets.SheetsConfig;
import ltv.ingest.channel.sheets.SheetsConnector;
import ltv.ingest.http.HttpTransport;

/**
 * A channel that a site may have.
 *
 * @param channel its id
 * @param settings what the site says of it
 * @param connector reads it
 */
record ChannelKind<C>(
    String channel, Class<C> settings, BiFunction<C, Means, ChannelConnector> connector) {
  /** Those that send ids of people, which are hashed before a table holds them. */
  static final List<String> HIDING =
      List.of(
          AppsFlyerConnector.CHANNEL,
          MixpanelConnector.CHANNEL,
          Ga4ExportConnector.CHANNEL,
          FirestoreConnector.CHANNEL,
          CrmConnector.CHANNEL,
          SheetsConnector.CHANNEL);

  /** All of them. To add a channel, add it here. */
  static final List<ChannelKind<?>> ALL =
      List.of(
          new ChannelKind<>(
              MetaConnector.CHANNEL,
              MetaConfig.class,
              (c, m) -> new MetaConnector(c, m.transport, m.clock)),
          new ChannelKind<>(
              GoogleAdsConnector.CHANNEL,
              GoogleAdsConfig.class,
              (c, m) -> new GoogleAdsConnector(c, m.transport, m.clock)),
          new ChannelKind<>(
              AppleAdsConnector.CHANNEL,
              AppleAdsConfig.class,
              (c, m) -> new AppleAdsConnector(c, m.transport, m.clock)),
          new ChannelKind<>(
              NaverConnector.CHANNEL,
              NaverConfig.class,
              (c, m) -> new NaverConnector(c, m.transport, m.clock)),
          new ChannelKind<>(
              AppsFlyerConnector.CHANNEL,
              AppsFlyerConfig.class,
              (c, m) -> new AppsFlyerConnector(c, m.transport, m.clock)),
          new ChannelKind<>(
              MixpanelConnector.CHANNEL,
              MixpanelConfig.class,
              (c, m) -> new MixpanelConnector(c, m.transport)),
          new ChannelKind<>(
              Ga4Connector.CHANNEL,
              Ga4Config.class,
              (c, m) -> new Ga4Connector(c, m.transport, m.clock)),
          new ChannelKind<>(
              Ga4ExportConnector.CHANNEL,
              Ga4ExportConfig.class,
              (c, m) -> new Ga4ExportConnector(c, m.transport, m.clock, m.scratch)),
          new ChannelKind<>(
              FirestoreConnector.CHANNEL,
              FirestoreConfig.class,
              (c, m) -> new FirestoreConnector(c, m.transport, m.clock, m.scratch)),
          new ChannelKind<>(
              AdisonConnector.CHANNEL,
              AdisonConfig.class,
              (c, m) -> new AdisonConnector(c, m.transport, m.clock)),
          new ChannelKind<>(
              SheetsConnector.CHANNEL,
              SheetsConfig.class,
              (c, m) -> new SheetsConnector(c, m.transport, m.clock, m.zone)),
          new ChannelKind<>(
              CrmConnector.CHANNEL,
              CrmConfig.class,
              (c, m) -> new CrmConnector(c, m.scratch, m.reach)),
          new ChannelKind<>(
              FileConnector.CHANNEL, FileConfig.class, (c, m) -> new FileConnector(c, m.zone)));

  /** What a connector may be made of. */
  record Means(HttpTransport transport, Clock clock, ZoneId zone, Path scratch, Reach reach) {}

  /** A channel of a site. */
  record Bound(String channel, Object config, Function<Means, ChannelConnector> connector) {}

  /** The channel, where a site has it. */
  Optional<Bound> bind(Settings site) {
    return site.bind("channels." + channel, settings)
        .map(config -> new Bound(channel, config, means -> connector.apply(config, means)));
  }
}
