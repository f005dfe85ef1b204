package ltv.run;

import java.util.List;

/**
 * A figure of a run that machines watch, as Prometheus names it. Each is a gauge of the last run
 * and bears the site, the stage (the job), the command and, where only some were read, the channels
 * too. The README's table is asserted against this enum.
 */
public enum Metric {
  RUN_ENDED("ltv_run_end_timestamp_seconds", "When the last run ended."),
  RUN_SUCCEEDED("ltv_run_success_timestamp_seconds", "When a run last ended with 0."),
  RUN_DURATION("ltv_run_duration_seconds", "How long it took."),
  RUN_EXIT("ltv_run_exit_code", "What it ended with."),
  RUN_MEMORY("ltv_run_memory_peak_bytes", "The most memory that its process had at once."),
  RUN_SPILL("ltv_run_spill_peak_bytes", "The most that DuckDB had on scratch for want of memory."),
  DATASET_PARTITIONS(
      "ltv_dataset_partitions", "Partitions of the run by how they ended.", "dataset", "end"),
  DATASET_ROWS("ltv_dataset_rows", "Rows that the run committed.", "dataset"),
  DATASET_REMOVED(
      "ltv_dataset_removed_rows",
      "Rows that the run marked as removed, by reason.",
      "dataset",
      "reason"),
  DATASET_DURATION("ltv_dataset_duration_seconds", "How long the work on it took.", "dataset"),
  DATASET_HELD(
      "ltv_dataset_held_partitions",
      "Partitions whose newest build is held, of whatever run.",
      "dataset"),
  DATASET_NEWEST(
      "ltv_dataset_newest_day_timestamp_seconds",
      "Beginning of the newest day that readers see.",
      "dataset"),
  DATASET_LAG(
      "ltv_dataset_lag_seconds",
      "How far the newest day that readers see, of a source the newest complete one, lies before the run's.",
      "dataset"),
  API_CALLS("ltv_api_calls", "Calls of the run, retries among them.", "channel"),
  API_WAITS("ltv_api_waits", "Pauses before retries, while polling and for limits.", "channel"),
  API_WAITED("ltv_api_wait_seconds", "How long these pauses were.", "channel"),
  BUDGET_USED(
      "ltv_call_budget_used",
      "Calls that count against a limit when the run ends, of the account that is nearest to it.",
      "channel",
      "report",
      "period"),
  BUDGET_ALLOWED(
      "ltv_call_budget_allowed", "Calls that the limit allows.", "channel", "report", "period"),
  TOKEN_EXPIRES(
      "ltv_token_expiry_timestamp_seconds", "End of the last day of a channel's token.", "channel"),
  MODEL_BIAS(
      "ltv_model_bias_ratio",
      "What was predicted in the back-test over what came, less 1.",
      "horizon"),
  MODEL_ERROR("ltv_model_error_ratio", "Absolute errors of it over what came.", "horizon"),
  MODEL_COVERAGE(
      "ltv_model_coverage_ratio", "Share of its tests within the band of 80 %.", "horizon"),
  MODEL_TRIAL(
      "ltv_model_trial_error_ratio",
      "Trial error of the model in use over that of a rule that says one thing of everybody.",
      "subject"),
  REPORTS_UNTOLD(
      "ltv_reports_untold", "Weekly reports of which not everybody could be told.", "way");

  private final String published;
  private final String help;
  private final List<String> labels;

  Metric(String published, String help, String... labels) {
    this.published = published;
    this.help = help;
    this.labels = List.of(labels);
  }

  /** The name that Prometheus knows. */
  public String published() {
    return published;
  }

  /** What it says, in a sentence. */
  public String help() {
    return help;
  }

  /** Names of its own labels, in the order of their values. */
  public List<String> labels() {
    return labels;
  }
}
