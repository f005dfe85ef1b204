package ltv.calculate.trace;

import ltv.dataset.DatasetWords;

/** Why a walk goes no further, in words. */
final class Ends {
  private Ends() {}

  /** A model or another class made the number. */
  static String computed(Known dataset, String column) {
    String by =
        dataset
            .words()
            .map(DatasetWords::computedBy)
            .map(c -> "the computation " + c)
            .orElse("a query");
    return "%s is no sum: %s of the %s job makes it of %s. What it is made of as far as it are numbers of the row follows."
        .formatted(column, by, dataset.job(), inputs(dataset));
  }

  /** Nothing is said of the column. */
  static String untold(Known dataset, String column) {
    if (dataset.words().isEmpty()) {
      return "the table %s was written before tables told of themselves; the next %s run of any day lets it, and builds nothing for it."
          .formatted(dataset.name(), dataset.job());
    }
    String by =
        dataset
            .words()
            .map(DatasetWords::computedBy)
            .map(c -> " by the computation " + c)
            .orElse("");
    return "%s is no sum that is traced; it was made%s of %s."
        .formatted(column, by, inputs(dataset));
  }

  private static String inputs(Known dataset) {
    return dataset
        .words()
        .map(w -> w.inputs().keySet())
        .filter(i -> !i.isEmpty())
        .map(i -> String.join(", ", i))
        .orElse("no other dataset");
  }
}
