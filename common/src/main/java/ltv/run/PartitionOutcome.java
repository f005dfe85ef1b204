package ltv.run;

/**
 * How one partition of one dataset ended. Each end knows its exit code and says in one paragraph
 * what happened and what to do next.
 */
public sealed interface PartitionOutcome {
  /** The dataset's name. */
  String dataset();

  /** The day as ISO text, or {@code all} for a dateless dataset. */
  String partition();

  /** What this end means for the exit code of the run. */
  ExitCode exitCode();

  /** One word for reports: {@code committed}, {@code unchanged} and so on. */
  String state();

  /** What happened and what to do next, in words that follow the name of what it happened to. */
  String what();

  /** One paragraph: which partition, what happened to it, what to do next. */
  default String explain() {
    return dataset() + "/" + partition() + what();
  }

  /**
   * New rows are visible to every reader.
   *
   * @param restated whether readers had other rows of the partition before
   */
  record Committed(String dataset, String partition, long rows, long snapshotId, boolean restated)
      implements PartitionOutcome {
    @Override
    public ExitCode exitCode() {
      return ExitCode.OK;
    }

    @Override
    public String state() {
      return "committed";
    }

    @Override
    public String what() {
      return " committed with " + rows + " rows in snapshot " + snapshotId + ".";
    }
  }

  /** Same inputs, same recipe: nothing was written. */
  record Unchanged(String dataset, String partition) implements PartitionOutcome {
    @Override
    public ExitCode exitCode() {
      return ExitCode.OK;
    }

    @Override
    public String state() {
      return "unchanged";
    }

    @Override
    public String what() {
      return " is up to date; --force builds it again.";
    }
  }

  /** A required input, or the source itself, is missing: nothing was written. */
  record NotReady(String dataset, String partition, String missing) implements PartitionOutcome {
    @Override
    public ExitCode exitCode() {
      return ExitCode.NOT_READY;
    }

    @Override
    public String state() {
      return "not_ready";
    }

    @Override
    public String what() {
      return " was not built: " + missing;
    }
  }

  /**
   * Unlike the days before, or a check failed: built, tagged, not published; the rows of the last
   * good run stay.
   *
   * @param why sentences
   * @param follows whether only what it was built on is held
   */
  record Held(String dataset, String partition, String why, boolean follows)
      implements PartitionOutcome {
    public Held(String dataset, String partition, String why) {
      this(dataset, partition, why, false);
    }

    @Override
    public ExitCode exitCode() {
      return ExitCode.HELD;
    }

    @Override
    public String state() {
      return "held";
    }

    @Override
    public String what() {
      return " is built and held, readers do not get it: "
          + why
          + " Look at it by calculate's hold show, then release or reject it; or mend the input or"
          + " the rule and run the day again.";
    }
  }

  /** A person decided that what was built is not to be published. */
  record Rejected(String dataset, String partition, String decision) implements PartitionOutcome {
    @Override
    public ExitCode exitCode() {
      return ExitCode.OK;
    }

    @Override
    public String state() {
      return "rejected";
    }

    @Override
    public String what() {
      return " is not published, "
          + decision
          + ". A day whose inputs change is built and judged again; --force does it now.";
    }
  }

  /** Somebody else replaced the partition since this run looked at it: nothing was published. */
  record Conflict(String dataset, String partition, String cause) implements PartitionOutcome {
    @Override
    public ExitCode exitCode() {
      return ExitCode.CONFLICT;
    }

    @Override
    public String state() {
      return "conflict";
    }

    @Override
    public String what() {
      return " was not committed, its last version stays: "
          + cause
          + " Running the day again is safe.";
    }
  }

  /** The catalog did not answer: the commit may or may not have happened. */
  record CommitUnknown(String dataset, String partition, String cause) implements PartitionOutcome {
    @Override
    public ExitCode exitCode() {
      return ExitCode.COMMIT_UNKNOWN;
    }

    @Override
    public String state() {
      return "commit_unknown";
    }

    @Override
    public String what() {
      return " may or may not be committed: "
          + cause
          + " Look with the status command; running the day again is safe either way.";
    }
  }

  /** The source or its file refused, failed, or asked to come back later. */
  record Failed(String dataset, String partition, ExitCode exitCode, String cause)
      implements PartitionOutcome {
    @Override
    public String state() {
      return "failed";
    }

    @Override
    public String what() {
      return " was not read, nothing of it changed: " + cause;
    }
  }

  /** Built again in scratch from the same inputs: the same rows came out. */
  record Verified(String dataset, String partition) implements PartitionOutcome {
    @Override
    public ExitCode exitCode() {
      return ExitCode.OK;
    }

    @Override
    public String state() {
      return "verified";
    }

    @Override
    public String what() {
      return " comes out of its inputs as it was committed.";
    }
  }

  /** What is committed does not come out of its inputs, or one of them is not what it was. */
  record Differs(String dataset, String partition, String cause) implements PartitionOutcome {
    @Override
    public ExitCode exitCode() {
      return ExitCode.HELD;
    }

    @Override
    public String state() {
      return "differs";
    }

    @Override
    public String what() {
      return " cannot be reproduced: "
          + cause
          + ". Bring the file back from a backup, or build the day again with --force.";
    }
  }
}
