package ltv.calculate;

import java.util.List;
import java.util.Optional;
import ltv.calculate.text.ModelText;
import ltv.dataset.SqlJobCommand;
import ltv.run.ExitCode;
import ltv.run.JobException;
import ltv.run.RunReport;
import ltv.run.SiteFlags;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code model}: what customers' purchases tell of those to come, and by which model. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    subcommands = FitCommand.class,
    description = "Fit, list, compare and pin models of what customers will do.")
final class ModelCommand {
  private static final String MODELS = "model_fit";

  /**
   * {@code model list}: every model of a day, what it is used for and how near it came.
   *
   * @return the exit code
   */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List the models of a day: which is in use, which is held, how near each came.")
  int list(@Mixin SiteFlags flags, @Mixin AsOfDay day) {
    return models(
        flags,
        day,
        (models, report) -> models.forEach(m -> report.tell(flags, m.version(), m.line())));
  }

  /**
   * {@code model show}: everything that is known of one.
   *
   * @return the exit code
   */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Show a model's parameters, standard errors, data and trial.")
  int show(
      @Mixin SiteFlags flags,
      @Mixin AsOfDay day,
      @Parameters(
              paramLabel = "MODEL=DAY",
              description = "As model list names it, for example mbg_nbd=2026-11-16.")
          String version) {
    return models(
        flags,
        day,
        (models, report) -> report.tell(flags, version, named(version, models).lines()));
  }

  /**
   * {@code model compare}: each model beside the one in use.
   *
   * @return the exit code
   */
  @Command(
      name = "compare",
      mixinStandardHelpOptions = true,
      description = "Hold every model of a day against the one of its subject that is in use.")
  int compare(@Mixin SiteFlags flags, @Mixin AsOfDay day) {
    return models(
        flags,
        day,
        (models, report) ->
            models.forEach(
                model ->
                    inUse(model, models)
                        .filter(used -> used != model)
                        .ifPresent(
                            used -> report.tell(flags, model.version(), model.against(used)))));
  }

  /**
   * {@code model pin}: what to write into the site file, and what it changes.
   *
   * @return the exit code
   */
  @Command(
      name = "pin",
      mixinStandardHelpOptions = true,
      description =
          "Say what pinning a model changes, and which lines of the site file pin it: pins are settings, so that every run and every reader of the file knows them.")
  int pin(
      @Mixin SiteFlags flags,
      @Mixin AsOfDay day,
      @Parameters(
              paramLabel = "MODEL=DAY",
              description = "As model list names it, for example mbg_nbd=2026-11-16.")
          String version) {
    return models(
        flags,
        day,
        (models, report) -> {
          ModelText model = named(version, models);
          if (model.is("failed")) {
            throw new JobException(
                ExitCode.USAGE,
                version + " has no parameters that are likeliest: it cannot be used.");
          }
          inUse(model, models)
              .filter(used -> used != model)
              .ifPresent(used -> report.tell(flags, "changes", model.against(used)));
          report.tell(
              flags, "site_file", "ltv:\n  pins: {%s}".formatted(version.replace("=", ": ")));
        });
  }

  private static Optional<ModelText> inUse(ModelText model, List<ModelText> models) {
    return models.stream()
        .filter(m -> m.subject().equals(model.subject()) && m.is("in_use"))
        .findFirst();
  }

  private static ModelText named(String version, List<ModelText> models) {
    return models.stream()
        .filter(m -> m.version().equals(version))
        .findFirst()
        .orElseThrow(
            () ->
                new JobException(
                    ExitCode.USAGE,
                    "No model %s on that day, which has %s. Another day of fitting needs its own --date."
                        .formatted(
                            version,
                            String.join(", ", models.stream().map(ModelText::version).toList()))));
  }

  private interface Telling {
    void of(List<ModelText> models, RunReport report);
  }

  private static int models(SiteFlags flags, AsOfDay day, Telling telling) {
    return SqlJobCommand.look(
        "calculate",
        CalculateCommand.class,
        flags,
        (opened, session, report) -> {
          opened.seeBuilt(session, MODELS, day.date());
          telling.of(
              Rows.of(opened, session, MODELS, "true", "subject, fitted_until, model").stream()
                  .map(ModelText::new)
                  .toList(),
              report);
        });
  }
}
