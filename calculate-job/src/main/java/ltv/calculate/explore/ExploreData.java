package ltv.calculate.explore;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import ltv.calculate.report.words.Text;
import ltv.engine.DuckDbSession;

/**
 * What the page computes with: dictionaries, and cells that refer to them by place. Cells lie one
 * after another, all ages of a cohort together, so that a number needs no row of its own.
 */
final class ExploreData {
  /** Rows of the page: cells of cohorts, of segments, and of sums. */
  static final int MOST_ROWS = 50_000;

  /** So many of them are for countries that are shown by themselves. */
  private static final int COUNTRY_ROWS = 10_000;

  /** What is summed up of all that is too small; no id of a source has it. */
  private static final String OTHER = "~other";

  /** Campaigns that are none, which have our word for a name. */
  private static final List<String> NOT_BOUGHT = List.of("organic", "unattributed");

  private final DuckDbSession session;
  private final Text text;

  private ExploreData(DuckDbSession session, Text text) {
    this.session = session;
    this.text = text;
  }

  /**
   * The data of a day.
   *
   * @param session sees the marts of that day
   */
  static SortedMap<String, Object> of(DuckDbSession session, LocalDate asOf, Text text) {
    session.define("as_of", asOf);
    session.define("other_id", OTHER);
    session.define("most_rows", String.valueOf(MOST_ROWS - COUNTRY_ROWS));
    session.define("most_country_rows", String.valueOf(COUNTRY_ROWS));
    session.keep("shown_age", Columns.query("ages"));
    session.keep("shown_week", Columns.query("weeks"));
    session.keep("ranked_campaign", Columns.query("campaigns"));
    session.keep("shown_campaign", Columns.query("shown"));
    session.keep("campaign_place", Columns.query("places"));
    session.keep("shown_channel", Columns.query("channels"));
    session.keep("shown_platform", Columns.query("platforms"));
    session.keep("shown_country", Columns.query("countries"));
    return new ExploreData(session, text).data();
  }

  private SortedMap<String, Object> data() {
    SortedMap<String, Object> data = new TreeMap<>();
    List<Object> ages = column("select age from shown_age order by place", "age");
    data.put("ages", ages);
    data.put("weeks", column("select cohort_week from shown_week order by place", "cohort_week"));
    data.put("channels", named("select channel from shown_channel order by place", "channel"));
    data.put("platforms", named("select platform from shown_platform order by place", "platform"));
    data.put(
        "countries",
        named("select distinct shown, place from shown_country order by place", "shown"));
    data.put("campaigns", campaigns());
    data.put("cohorts", cells("cohort_cells", List.of("campaign", "week"), ages.size()));
    data.put(
        "segments",
        cells("segment_cells", List.of("campaign", "platform", "country"), ages.size()));
    data.put("sums", cells("sum_cells", List.of("channel", "campaign"), ages.size()));
    Columns.of(session, Columns.query("whole"))
        .forEach((name, values) -> data.put(name, values.get(0)));
    return data;
  }

  private List<Object> column(String query, String name) {
    return Columns.of(session, query).get(name);
  }

  /** Ids with the words that readers have for them. */
  private List<Map<String, Object>> named(String query, String name) {
    return column(query, name).stream()
        .map(id -> (Map<String, Object>) new TreeMap<>(Map.of("id", id, "name", name(id))))
        .toList();
  }

  private String name(Object id) {
    return id.equals(OTHER)
        ? text.of("explore.other")
        : text.orSelf("channels", text.orSelf("platforms", id.toString()));
  }

  private List<Map<String, Object>> campaigns() {
    SortedMap<String, List<Object>> rows =
        Columns.of(
            session,
            "select s.channel, s.campaign_id, s.campaign_name, s.campaigns, h.place from shown_campaign as s inner join shown_channel as h on h.channel = s.channel order by s.place");
    List<Map<String, Object>> campaigns = new ArrayList<>();
    for (int i = 0; i < rows.get("channel").size(); i++) {
      Object channel = rows.get("channel").get(i);
      Object id = rows.get("campaign_id").get(i);
      Object name = rows.get("campaign_name").get(i);
      Map<String, Object> campaign = new TreeMap<>();
      campaign.put("channel", rows.get("place").get(i));
      campaign.put("id", id);
      campaign.put(
          "name",
          id.equals(OTHER)
              ? text.of("explore.others", name(channel), rows.get("campaigns").get(i))
              : NOT_BOUGHT.contains(id) && NOT_BOUGHT.contains(name) ? name(name) : name);
      campaigns.add(campaign);
    }
    return campaigns;
  }

  /** Of each group, one value of what does not change with age, and all ages of what does. */
  private SortedMap<String, List<Object>> cells(String query, List<String> group, int ages) {
    SortedMap<String, List<Object>> cells = Columns.of(session, Columns.query(query));
    int rows = cells.get("age").size();
    for (int row = 0; row < rows; row++) {
      if (((Long) cells.get("age").get(row)).intValue() != row % ages) {
        throw new IllegalStateException(query + " does not have every age of every group");
      }
    }
    List<String> once = new ArrayList<>(group);
    Collections.addAll(once, "users", "cost");
    for (String name : once) {
      List<Object> all = cells.get(name);
      if (all != null) {
        List<Object> firsts = new ArrayList<>();
        for (int row = 0; row < rows; row += ages) {
          firsts.add(all.get(row));
        }
        cells.put(name, firsts);
      }
    }
    if (cells.containsKey("is_mature")) {
      cells.put("reached", reached(cells.remove("is_mature"), ages));
    }
    cells.remove("age");
    return cells;
  }

  /** How many ages all users of a group have reached, from the first. */
  private static List<Object> reached(List<Object> isMature, int ages) {
    List<Object> reached = new ArrayList<>();
    for (int start = 0; start < isMature.size(); start += ages) {
      int count = 0;
      while (count < ages && isMature.get(start + count).equals(1L)) {
        count++;
      }
      reached.add((long) count);
    }
    return reached;
  }
}
