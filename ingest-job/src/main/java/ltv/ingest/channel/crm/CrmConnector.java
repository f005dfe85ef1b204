package ltv.ingest.channel.crm;

import java.nio.file.Path;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.RawSink;
import ltv.ingest.channel.Reach;
import ltv.lake.Database;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * Tables of a MariaDB that people work in. A day is the table as it was when it was read: the rows
 * that changed since, beside those that were landed before, and the list of what is there now. It
 * needs no counting: the shop's own database has no call limit.
 */
public final class CrmConnector implements ChannelConnector {
  /** The channel's id. */
  public static final String CHANNEL = "crm";

  /** The whole of it is one account. */
  private static final String ACCOUNT = "crm";

  private static final Map<String, String> READING =
      Map.of("socketTimeout", "600000", "useServerPrepStmts", "true");

  private final CrmConfig config;
  private final Path scratch;
  private final Reach reach;

  /**
   * A connector for a site.
   *
   * @param scratch folder for rows on their way; made when missing
   */
  public CrmConnector(CrmConfig config, Path scratch, Reach reach) {
    this.config = config;
    this.scratch = scratch;
    this.reach = reach;
  }

  @Override
  public String channel() {
    return CHANNEL;
  }

  @Override
  public List<ChannelStream> streams() {
    List<ChannelAccount> accounts = List.of(new ChannelAccount(ACCOUNT, config.timezone()));
    return config.streams().keySet().stream()
        .map(name -> new ChannelStream(CHANNEL, name, 0, List.of(), accounts))
        .toList();
  }

  @Override
  public void fetch(FetchRequest request, RawSink sink) {
    String stream = request.stream().name();
    reading(
        connection -> {
          new TableReading(connection, stream, config.streams().get(stream), scratch)
              .into(sink, reach);
          return "";
        });
  }

  @Override
  public String examine(ChannelAccount account) {
    return reading(
        connection -> {
          for (Map.Entry<String, CrmConfig.Table> stream : config.streams().entrySet()) {
            new TableReading(connection, stream.getKey(), stream.getValue(), scratch).look();
          }
          return String.join(", ", config.streams().keySet()) + " can be read";
        });
  }

  /** Everything within one look at the database, which sees no change of others. */
  private String reading(Database.Work<String> work) {
    try (Database database = Database.server(config.database(), READING)) {
      return database.call(
          connection -> {
            try (Statement statement = connection.createStatement()) {
              statement.execute("start transaction with consistent snapshot, read only");
              try {
                return work.on(connection);
              } finally {
                statement.execute("rollback");
              }
            }
          });
    } catch (JobException e) {
      throw e instanceof ChannelException ? e : told(e);
    }
  }

  private ChannelException told(JobException e) {
    String cause = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    return e.exitCode() == ExitCode.CONFIGURATION
        ? new ChannelException(
            Kind.REFUSED,
            "The CRM %s refuses: %s. Check channels.crm.database, the right to select, and channels.crm.streams."
                .formatted(config.database(), cause),
            e)
        : new ChannelException(
            Kind.RETRY, "The CRM %s is away: %s.".formatted(config.database(), cause), e);
  }
}
