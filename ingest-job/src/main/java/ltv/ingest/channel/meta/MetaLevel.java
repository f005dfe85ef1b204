package ltv.ingest.channel.meta;

import java.util.Locale;
import java.util.Optional;

/** Meta's levels, each within the one before it. */
enum MetaLevel {
  ACCOUNT,
  CAMPAIGN,
  ADSET,
  AD;

  /** As the parameter {@code level} has it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The field with its id. */
  String idField() {
    return word() + "_id";
  }

  /** The field with its name. */
  String nameField() {
    return word() + "_name";
  }

  /**
   * The level by whose objects a report is asked for, when it is too large for one of this level.
   *
   * @param of the level of the report's rows: no row may be cut in two
   * @return empty when it cannot be made smaller; ads are never asked one by one
   */
  Optional<MetaLevel> split(MetaLevel of) {
    MetaLevel below = this == ACCOUNT ? CAMPAIGN : this == CAMPAIGN ? ADSET : null;
    return Optional.ofNullable(below).filter(level -> level.compareTo(of) <= 0);
  }
}
