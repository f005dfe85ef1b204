package ltv.calculate.report;

import java.util.List;

/**
 * One of the numbers on top.
 *
 * @param label what it is
 * @param kind how it is written
 * @param value of the week; null when not known
 * @param before of the week before; null when not known
 * @param better 1 where more is better, -1 where less is, 0 where neither
 * @param past of the weeks up to this one, the oldest first; nulls where not known
 */
public record Headline(
    String label, Kind kind, Double value, Double before, int better, List<Double> past) {}
