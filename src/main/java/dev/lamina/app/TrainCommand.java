package dev.lamina.app;

import dev.lamina.config.Experiment;
import dev.lamina.config.Overrides;
import dev.lamina.config.Preset;
import dev.lamina.config.Presets;
import dev.lamina.config.RunDirectory;
import dev.lamina.config.RunPictures;
import dev.lamina.config.TrainingRun;
import dev.lamina.config.YamlSettings;
import dev.lamina.network.Settings;
import dev.lamina.tensor.LaminaException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lamina train`: trains a network and leaves a run directory.
@Command(
    name = "train",
    description = "Trains a network and leaves a run directory.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  lamina train                                  digits, in under a minute",
      "  lamina train cifar10-softhebb-1 --data DIR    a published network",
      "  lamina train mine.yaml --set seed=3           an experiment of your own",
      "  lamina train --resume runs/latest             goes on after an interrupt"
    })
final class TrainCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "PRESET|FILE.yaml",
      description = "What to train (default: mnist-softhebb; see 'lamina presets').")
  private @Nullable String what;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Changes a value of the configuration; may be repeated.")
  private List<String> set = new ArrayList<>();

  @Option(names = "--seed", paramLabel = "N", description = "The seed of all random numbers.")
  private @Nullable String seed;

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      description =
          "Holds out a share of the training set; the test set is then looked at once, at the end.")
  private @Nullable String validation;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run directory (default: runs/NNN-PRESET).")
  private @Nullable Path out;

  @Option(names = "--resume", paramLabel = "RUN", description = "Goes on with an unfinished run.")
  private @Nullable Path resume;

  @Option(
      names = "--checkpoint-steps",
      paramLabel = "N",
      description = "Updates between checkpoints (default: one every 30 seconds).")
  private int checkpointSteps;

  @Mixin private MachineOptions machine = new MachineOptions();

  @Option(names = "--quiet", description = "Prints nothing but errors.")
  private boolean quiet;

  @Spec private CommandSpec spec = CommandSpec.create();

  TrainCommand() {}

  @Override
  public Integer call() {
    return resume == null ? begin() : goOn(resume);
  }

  private int begin() {
    Experiment experiment = experiment();
    TrainingRun.Machine with = machine.machine(Optional.empty(), checkpointSteps);
    try (RunDirectory directory =
        out == null
            ? RunDirectory.createNext(Path.of("runs"), experiment.name())
            : RunDirectory.create(out)) {
      return train(directory, experiment, with, false);
    }
  }

  private int goOn(Path run) {
    if (what != null || !set.isEmpty() || seed != null || validation != null || out != null) {
      throw new LaminaException(
          "--resume takes preset, seed, settings and folder from the run; leave those options out");
    }
    try (RunDirectory directory = RunDirectory.open(run)) {
      Optional<Map<String, Object>> result = directory.result();
      if (result.isPresent() && result.get().containsKey("seconds")) {
        terminal().print(new Summary(result.get(), directory.path()).text());
        return 0;
      }
      Experiment experiment = Experiment.of("run", directory.config());
      Optional<String> tier = directory.environment().map(e -> String.valueOf(e.get("tier")));
      return train(directory, experiment, machine.machine(tier, checkpointSteps), true);
    }
  }

  private int train(
      RunDirectory directory, Experiment e, TrainingRun.Machine with, boolean resumed) {
    Terminal terminal = terminal();
    TrainingRun run = prepare(directory, e, with, new ProgressBar(terminal));
    directory.becomeLatest();
    terminal.print(e.name() + " → " + directory.path());
    try {
      if (resumed) {
        run.restore();
      }
      Optional<Map<String, Object>> result =
          Interrupt.during(() -> finish(run, directory, terminal), run::stop);
      if (result.isEmpty()) {
        return Interrupt.EXIT_CODE;
      }
      terminal.print(new Summary(result.get(), directory.path()).text());
      return 0;
    } catch (LaminaException problem) {
      logQuietly(directory, "error: " + problem.getMessage());
      throw problem;
    } catch (RuntimeException bug) {
      logQuietly(directory, Terminal.stackTrace(bug));
      throw bug;
    }
  }

  /// A run that cannot begin leaves nothing behind.
  private TrainingRun prepare(
      RunDirectory directory, Experiment e, TrainingRun.Machine with, ProgressBar bar) {
    try {
      return new TrainingRun(directory, e, with, bar);
    } catch (LaminaException problem) {
      if (resume == null) {
        directory.discard();
      }
      throw problem;
    }
  }

  /// Everything that must be done before an interrupted program may end.
  private static Optional<Map<String, Object>> finish(
      TrainingRun run, RunDirectory directory, Terminal terminal) {
    Optional<Map<String, Object>> result = run.run();
    if (result.isPresent()) {
      RunPictures.draw(directory, run.experiment(), run.network());
    } else {
      terminal.error("stopped; go on with 'lamina train --resume " + directory.path() + "'");
    }
    return result;
  }

  /// The disk may be what is broken: then the message on the terminal has to do.
  private static void logQuietly(RunDirectory directory, String text) {
    try {
      directory.log(text);
    } catch (LaminaException e) {
      return;
    }
  }

  private Experiment experiment() {
    String name = what == null ? "mnist-softhebb" : what;
    List<String> changes = new ArrayList<>(set);
    if (seed != null) {
      changes.add("seed=" + seed);
    }
    if (validation != null) {
      changes.add("data.validation=" + validation);
    }
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      Path file = Path.of(name);
      String stem = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
      return experiment(stem, YamlSettings.read(file), changes);
    }
    Preset preset = Presets.shipped().find(name);
    return experiment(preset.name(), preset.document(), changes);
  }

  private static Experiment experiment(String name, Settings document, List<String> changes) {
    return Experiment.of(name, Overrides.apply(document, changes));
  }

  private Terminal terminal() {
    return Terminal.of(spec, quiet);
  }
}
