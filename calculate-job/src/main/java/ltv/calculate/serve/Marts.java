package ltv.calculate.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ltv.dataset.Dataset;
import ltv.dataset.Opened;
import ltv.lake.Fingerprint;
import ltv.run.PartitionOutcome;
import ltv.run.PartitionOutcome.NotReady;

/**
 * Everything that readers should see, as the lake has it at one moment.
 *
 * @param marts those that were built at least once
 * @param status of their partitions, by mart and day
 */
record Marts(List<CurrentMart> marts, List<MartStatus> status) {

  /**
   * Looks now.
   *
   * @param outcomes of this run: what it could not build is part of the status
   */
  static Marts look(Opened opened, List<PartitionOutcome> outcomes) {
    List<CurrentMart> marts = new ArrayList<>();
    Map<String, MartStatus> states = new TreeMap<>();
    for (Dataset dataset : opened.datasets().inOrder("calculate")) {
      if (dataset.schema().publish() != null && opened.datasets().present(dataset, opened.site())) {
        opened
            .lake()
            .existing(dataset.table())
            .map(table -> new CurrentMart(dataset, table, table.pin()))
            .ifPresent(marts::add);
      }
    }
    marts.forEach(m -> m.status().forEach(s -> states.put(key(s.dataset(), s.part()), s)));
    for (PartitionOutcome outcome : outcomes) {
      if (outcome instanceof NotReady) {
        String key = key(outcome.dataset(), outcome.partition());
        long rows = states.containsKey(key) ? states.get(key).rows() : 0;
        states.put(key, MartStatus.notReady(outcome, rows, opened.run().id()));
      }
    }
    return new Marts(marts, List.copyOf(states.values()));
  }

  private static String key(String dataset, String part) {
    return dataset + "/" + part;
  }

  /** Equal when readers would see the same. */
  String hash() {
    Fingerprint hash = Fingerprint.start();
    marts.forEach(
        m -> hash.add(m.name()).add(m.pin().snapshotName()).add(m.dataset().views().toString()));
    status.forEach(s -> hash.add(s.toString()));
    return hash.hex();
  }
}
