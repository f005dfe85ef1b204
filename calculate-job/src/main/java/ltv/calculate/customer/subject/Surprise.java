package ltv.calculate.customer.subject;

/** The mean logarithmic loss of chances that were told, and of one chance told of everybody. */
public final class Surprise {
  /**
   * No chance is told as more certain than this: one who did it all the same is no endless loss.
   */
  private static final double LEAST = 1e-9;

  private double sum;
  private double count;
  private double happened;

  /** So many were told a chance, and it happened to them or not. */
  public void add(double chance, boolean came, double many) {
    double told = Math.min(1 - LEAST, Math.max(LEAST, chance));
    sum -= many * StrictMath.log(came ? told : 1 - told);
    count += many;
    happened += came ? many : 0;
  }

  /** What was told. */
  public double mean() {
    return count > 0 ? sum / count : 0;
  }

  /** Had each been told how often it happened to all. */
  public double ofAll() {
    double share = count > 0 ? happened / count : 0;
    Surprise same = new Surprise();
    same.add(share, true, happened);
    same.add(share, false, count - happened);
    return same.mean();
  }
}
