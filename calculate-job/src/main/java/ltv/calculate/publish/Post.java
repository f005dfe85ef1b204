package ltv.calculate.publish;

import java.util.List;

/** A way to tell readers of a report. */
interface Post {
  /** Short name, as in the site file. */
  String name();

  /** Whom to tell, each in a message of its own. */
  List<String> recipients();

  /**
   * Tells one of them.
   *
   * @throws Refused when this one cannot be told; others may
   * @throws Away when nobody can be told now
   */
  void send(Notice notice, String recipient) throws Refused, Away;

  /** The recipient was refused. */
  final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String why, Throwable cause) {
      super(why, cause);
    }
  }

  /** Nobody answers, or nobody is let in. */
  final class Away extends Exception {
    private static final long serialVersionUID = 1;

    Away(String why, Throwable cause) {
      super(why, cause);
    }
  }
}
