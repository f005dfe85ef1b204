package ltv.calculate.forecast;

import java.util.EnumMap;
import java.util.Map;

/** The ways to forecast that back-tests choose from, each made from a snapshot when it is asked. */
public final class Forecasts {
  /** A way to forecast. */
  public enum Method {
    /** Channels develop differently. */
    SHAPE_OF_CHANNEL,

    /** All channels develop alike. */
    SHAPE_OF_ALL,

    /**
     * What a cohort has paid grows as that of all cohorts, as far as its group's own experience is
     * believed beside the group above: the pooled multiplier with shrinkage.
     */
    SHRUNK_MULTIPLIER
  }

  private final Snapshot at;
  private final Shapes shapes;
  private final double halfLife;
  private final Map<Method, Forecast> made = new EnumMap<>(Method.class);

  private Forecasts(Snapshot at, double halfLife) {
    this.at = at;
    this.shapes = Shapes.of(at, halfLife);
    this.halfLife = halfLife;
  }

  /**
   * The forecasts that a snapshot allows.
   *
   * @param halfLife days after which a cohort counts half for another
   */
  public static Forecasts of(Snapshot at, double halfLife) {
    return new Forecasts(at, halfLife);
  }

  /** The forecast of a method. */
  public Forecast by(Method method) {
    Forecast forecast = made.get(method);
    if (forecast == null) {
      forecast =
          switch (method) {
            case SHAPE_OF_CHANNEL -> Forecast.of(at, shapes, halfLife);
            case SHAPE_OF_ALL -> Forecast.of(at, shapes.alike(), halfLife);
            case SHRUNK_MULTIPLIER -> by(Method.SHAPE_OF_ALL).multiplying();
          };
      made.put(method, forecast);
    }
    return forecast;
  }

  /** How what cohorts pay develops with age. */
  public Shapes shapes() {
    return shapes;
  }
}
