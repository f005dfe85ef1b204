package ltv.calculate.forecast;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Segments, their campaigns, their channels and everything: four levels, each group below one of
 * the level before.
 */
public final class Groups {
  /** The levels, from the widest. */
  public enum Level {
    ALL,
    CHANNEL,
    CAMPAIGN,
    SEGMENT
  }

  private final List<Segment> segments;
  private final List<List<String>> names;
  private final int[][] parents;

  private Groups(List<Segment> segments, List<List<String>> names, int[][] parents) {
    this.segments = segments;
    this.names = names;
    this.parents = parents;
  }

  /** The groups of these segments, which are each there once. */
  public static Groups of(List<Segment> segments) {
    Map<String, Integer> channels = new LinkedHashMap<>();
    Map<List<String>, Integer> campaigns = new LinkedHashMap<>();
    List<Integer> campaignParents = new ArrayList<>();
    int[] segmentParents = new int[segments.size()];
    for (int s = 0; s < segments.size(); s++) {
      Segment segment = segments.get(s);
      int channel = channels.computeIfAbsent(segment.channel(), c -> channels.size());
      List<String> key = List.of(segment.channel(), segment.campaign());
      if (!campaigns.containsKey(key)) {
        campaigns.put(key, campaigns.size());
        campaignParents.add(channel);
      }
      segmentParents[s] = campaigns.get(key);
    }
    List<List<String>> names = new ArrayList<>();
    names.add(List.of("all"));
    names.add(List.copyOf(channels.keySet()));
    names.add(campaigns.keySet().stream().map(key -> key.get(1)).toList());
    return new Groups(
        List.copyOf(segments),
        List.copyOf(names),
        new int[][] {
          {},
          new int[channels.size()],
          campaignParents.stream().mapToInt(i -> i).toArray(),
          segmentParents
        });
  }

  /** The segments, in the order given. */
  public List<Segment> segments() {
    return segments;
  }

  /** How many groups a level has. */
  public int count(Level level) {
    return level == Level.SEGMENT ? segments.size() : names.get(level.ordinal()).size();
  }

  /** The group of the level before that a group belongs to; none of the widest level. */
  public int parent(Level level, int group) {
    return parents[level.ordinal()][group];
  }

  /** The group of a wider or the same level that a segment belongs to. */
  public int ofSegment(Level level, int segment) {
    int group = segment;
    for (int l = Level.SEGMENT.ordinal(); l > level.ordinal(); l--) {
      group = parents[l][group];
    }
    return group;
  }

  /** The channel of a channel, campaign or segment. */
  public int channel(Level level, int group) {
    int at = group;
    for (int l = level.ordinal(); l > Level.CHANNEL.ordinal(); l--) {
      at = parents[l][at];
    }
    return at;
  }

  /** A group in the words of a segment, {@code all} for what it does not tell apart. */
  public Segment name(Level level, int group) {
    return switch (level) {
      case ALL -> new Segment("all", "all", "all", "all");
      case CHANNEL -> new Segment(names.get(1).get(group), "all", "all", "all");
      case CAMPAIGN ->
          new Segment(names.get(1).get(parents[2][group]), names.get(2).get(group), "all", "all");
      case SEGMENT -> segments.get(group);
    };
  }
}
