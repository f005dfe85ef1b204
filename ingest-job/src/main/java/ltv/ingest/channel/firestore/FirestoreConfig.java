package ltv.ingest.channel.firestore;

import java.time.ZoneId;
import java.util.List;
import ltv.config.Problems;
import ltv.config.Secret;
import ltv.ingest.http.ServiceAccount;

/**
 * The channel {@code firestore} of a site.
 *
 * @param baseUrl default https://firestore.googleapis.com
 * @param tokenUrl where access tokens are issued; default what the key file says
 * @param serviceAccount the JSON key file of a service account that may read the database, as it is
 *     or in Base64
 * @param project of Google Cloud
 * @param database default {@code (default)}
 * @param timezone of the days that snapshots are of; default Asia/Seoul
 * @param pageLimit documents per page; default 300
 * @param accounts which collections are read
 */
public record FirestoreConfig(
    String baseUrl,
    String tokenUrl,
    Secret serviceAccount,
    String project,
    String database,
    ZoneId timezone,
    Integer pageLimit,
    List<Account> accounts) {
  private static final int DEFAULT_DOCUMENTS = 300;

  /**
   * A collection.
   *
   * @param id its name
   * @param group whether collections of this name below other documents are read too; default false
   * @param persons whether its documents are people, whose ids are hashed; default true
   */
  public record Account(String id, Boolean group, Boolean persons) {
    public Account {
      new Problems()
          .require("id", id)
          .check(id == null || !id.contains("/"), "id", "is a collection's name, without a path")
          .throwIfAny();
      group = group != null && group;
      persons = persons == null || persons;
    }
  }

  public FirestoreConfig {
    baseUrl = baseUrl == null ? "https://firestore.googleapis.com" : baseUrl;
    database = database == null ? "(default)" : database;
    timezone = timezone == null ? ZoneId.of("Asia/Seoul") : timezone;
    pageLimit = pageLimit == null ? DEFAULT_DOCUMENTS : pageLimit;
    ServiceAccount.problems(baseUrl, tokenUrl, serviceAccount)
        .require("project", project)
        .check(pageLimit > 0, "page_limit", "must be 1 or more")
        .check(accounts != null && !accounts.isEmpty(), "accounts", "names no collection")
        .throwIfAny();
    accounts = List.copyOf(accounts);
  }
}
