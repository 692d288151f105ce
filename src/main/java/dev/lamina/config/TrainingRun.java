package dev.lamina.config;

import dev.lamina.data.DataPlaces;
import dev.lamina.data.Dataset;
import dev.lamina.data.Split;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.tier.Tier;
import dev.lamina.model.Model;
import dev.lamina.network.Figures;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Reach;
import dev.lamina.network.RuleReport;
import dev.lamina.network.Weights;
import dev.lamina.tensor.Draws;
import dev.lamina.train.Accuracy;
import dev.lamina.train.Checkpoint;
import dev.lamina.train.Listener;
import dev.lamina.train.Phase;
import dev.lamina.train.Trainer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One experiment at work in its run directory, from the data to `result.json`.
public final class TrainingRun {
  private final RunDirectory directory;
  private final Experiment experiment;
  private final Machine machine;
  private final Draws draws;
  private final Split data;
  private final Network network;
  private final List<Phase> phases;
  private final RunKeeper keeper;
  private final Trainer trainer;
  private volatile boolean stopped;

  /// What a run is computed with; nothing here changes a bit of the result but the tier.
  ///
  /// @param places where data are looked for
  /// @param kernels the tier
  /// @param threads how many threads it has
  /// @param checkpointSteps updates between checkpoints; 0 for one every 30 seconds
  public record Machine(DataPlaces places, Kernels kernels, int threads, int checkpointSteps) {}

  /// Prepares a run: writes the configuration, reads the data, builds the network.
  ///
  /// @throws dev.lamina.tensor.LaminaException if something is missing or does not fit
  public TrainingRun(
      RunDirectory directory, Experiment experiment, Machine machine, Listener listener) {
    this.directory = directory;
    this.experiment = experiment;
    this.machine = machine;
    directory.writeConfig(experiment.document().with("name", experiment.name()));
    this.draws = new Philox(experiment.seed(), machine.kernels());
    Split whole = experiment.load(machine.places());
    Split parts = experiment.choice().parts(whole, draws);
    this.data = whole;
    this.network = build();
    this.phases = experiment.phases(network);
    experiment.weights().load(network);
    MemoryNeed.of(network, phases, whole.train(), whole.test())
        .requireAtMost(Runtime.getRuntime().maxMemory());
    directory.writeConfig(experiment.expanded(network));
    directory.writeEnvironment(environment());
    RuleReport.of(network)
        .counts()
        .forEach((rule, kinds) -> directory.log("rule " + rule + " on " + kinds));
    this.keeper = new RunKeeper(directory, listener, experiment, machine.checkpointSteps());
    Path caches = directory.path().resolve("cache");
    this.trainer =
        new Trainer(
            new Trainer.Job(network, phases, parts.train(), parts.test(), caches),
            machine.kernels(),
            draws,
            keeper);
  }

  private Network build() {
    Dataset train = data.train();
    return experiment.network(
        new NetworkBuilder(draws, machine.kernels()), train.sample(), train.classes().size());
  }

  private Map<String, Object> environment() {
    Map<String, Object> facts = Environment.describe();
    facts.put("tier", machine.kernels().name());
    facts.put("threads", machine.threads());
    Tier.vectorBits().ifPresent(bits -> facts.put("vector_bits", bits));
    facts.put("training_sha256", data.train().sha256());
    facts.put("test_sha256", data.test().sha256());
    return facts;
  }

  /// The network.
  public Network network() {
    return network;
  }

  /// The phases.
  public List<Phase> phases() {
    return phases;
  }

  /// What it does.
  public Experiment experiment() {
    return experiment;
  }

  /// Goes on from the last checkpoint, or begins again if there is none yet.
  public void restore() {
    Optional<Checkpoint> checkpoint = directory.resume();
    checkpoint.ifPresent(trainer::restore);
    keeper.restore();
    directory.log(checkpoint.isPresent() ? "resumed at step " + trainer.steps() : "begun again");
  }

  /// Asks the run to write a checkpoint and to end; any thread may call.
  public void stop() {
    stopped = true;
    keeper.stop();
    trainer.stop();
  }

  /// Trains to the end, or until `stop`.
  ///
  /// @return the result, which is written to `result.json`; nothing if it was stopped
  public Optional<Map<String, Object>> run() {
    try {
      if (!trainer.run()) {
        keeper.checkpoint(trainer);
        directory.log("stopped at step " + trainer.steps());
        return Optional.empty();
      }
    } catch (RunKeeper.Stopped e) {
      directory.log("stopped while features were cached");
      return Optional.empty();
    }
    keeper.checkpoint(trainer);
    Map<String, Object> result = result();
    directory.writeResult(result);
    directory.log("done");
    return Optional.of(result);
  }

  private Map<String, Object> result() {
    Metrics metrics = directory.metrics();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("preset", experiment.name());
    result.put("rule", rule());
    result.put("data", experiment.data());
    result.put("seed", experiment.seed());
    result.put("tier", machine.kernels().name());
    result.put("device", "cpu");
    result.put("threads", machine.threads());
    result.putAll(metrics.lastFigures());
    metrics.best("test_accuracy").ifPresent(best -> result.put("best_test_accuracy", best));
    if (experiment.isValidated()) {
      Figures figures = new Figures();
      test().report(figures);
      result.putAll(figures.values());
    }
    if (experiment.untrainedBaseline() && !stopped) {
      result.put("untrained_test_accuracy", untrained());
    }
    experiment.published().value().ifPresent(value -> result.put("published", value));
    experiment.band().ifPresent(band -> result.put("band", List.of(band.low(), band.high())));
    result.put("steps", trainer.steps());
    result.put("start_seconds", keeper.startSeconds());
    result.put("seconds", trainer.seconds());
    result.put("phases", metrics.phaseSeconds());
    result.put("weights_sha256", Weights.sha256(network));
    return result;
  }

  /// The rule of the first block, and that of the last if it is another one.
  private String rule() {
    String first = network.blocks().getFirst().rule().name();
    String last = network.blocks().getLast().rule().name();
    return first.equals(last) ? first : first + " + " + last;
  }

  private Accuracy test() {
    Accuracy accuracy = new Accuracy(network.loss(), data.test().classes().size());
    new Model(network, data.test().classes(), data.test().transform(), machine.kernels())
        .forEachBatch(data.test(), pass -> accuracy.observe(pass, false));
    return accuracy;
  }

  /// The accuracy of the same supervised phases on blocks that learned nothing else.
  private double untrained() {
    Network fresh = build();
    List<Phase> supervised =
        phases.stream()
            .filter(p ->
                p.blocks().stream()
                    .map(name -> fresh.blocks().get(fresh.blockIndex(name)))
                    .noneMatch(block -> block.rule().reach() == Reach.NONE))
            .toList();
    Trainer other =
        new Trainer(
            new Trainer.Job(
                fresh, supervised, data.train(), data.test(), directory.path().resolve("cache")),
            machine.kernels(),
            draws,
            Listener.SILENT);
    other.run();
    return other.lastFigures().values().getOrDefault("test_accuracy", Double.NaN);
  }
}
