package dev.lamina.config;

import dev.lamina.data.DataPlaces;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.kernel.vector.VectorKernels;
import dev.lamina.network.Settings;
import dev.lamina.testkit.SmallDigits;
import dev.lamina.train.Listener;
import dev.lamina.train.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// A real training in small: a convolution that learns by SoftHebb, a head with dropout, 60 digits.
///
/// In successive training 8 updates belong to the convolution and 12 to the head, whose features
/// are cached; each epoch ends with a short batch.
final class SmallRun {
  private static final int SAMPLES = 60;
  private static final Kernels TWO_THREADS = kernels(2);

  private static final String DOCUMENT =
      """
      data: {name: mnist}
      seed: 3
      network:
        blocks:
          - name: b1
            layers:
              - batch-norm
              - convolution: {outputs: 8, kernel: 5, stride: 3, initial: {normal-radius: {radius: 5}}}
              - triangle: {power: 0.7}
              - max-pool: {kernel: 2}
            rule: {soft-hebb: {competition: soft-anti, inverse-temperature: 4, rate: 0.08}}
          - name: head
            layers: [flatten, dropout, dense]
            rule: backprop
      training: successive
      unsupervised: {epochs: 2, batch: 16}
      supervised: {epochs: 3, batch: 16, optimizer: adam, rate: 0.01}
      """;

  private static final String PHASES = "{data: {name: mnist}, seed: 3}";

  private final Path data;

  /// Writes the data into a new folder.
  SmallRun(Path data) throws IOException {
    this.data = SmallDigits.write(data, SAMPLES);
  }

  /// What a training left, without what depends on the clock.
  ///
  /// @param result of `result.json`
  /// @param metrics the lines of `metrics.jsonl`
  record Outcome(Map<String, Object> result, List<Map<String, Object>> metrics) {
    String hash() {
      return String.valueOf(result.get("weights_sha256"));
    }
  }

  /// The experiment with some of its values changed, each as `path=value`.
  static Experiment experiment(String... changes) {
    return Experiment.of(
        "small", Overrides.apply(YamlSettings.read(DOCUMENT, "small.yaml"), List.of(changes)));
  }

  /// A machine of two threads.
  TrainingRun.Machine machine(int checkpointSteps) {
    return new TrainingRun.Machine(places(), TWO_THREADS, 2, checkpointSteps);
  }

  private DataPlaces places() {
    return new DataPlaces(List.of(new DataPlaces.Place("test", data)));
  }

  private static Kernels kernels(int threads) {
    return new VectorKernels(threads, new ReferenceKernels());
  }

  /// Begins in a new folder and trains to the end.
  Outcome train(Path folder, int threads, String... changes) {
    return train(folder, threads, experiment(changes));
  }

  /// Begins in a new folder and trains to the end.
  Outcome train(Path folder, int threads, Experiment experiment) {
    try (RunDirectory directory = RunDirectory.create(folder)) {
      TrainingRun.Machine machine = new TrainingRun.Machine(places(), kernels(threads), threads, 0);
      new TrainingRun(directory, experiment, machine, Listener.SILENT).run();
      return outcome(directory);
    }
  }

  /// An experiment with another network, and phases in the place of the document's stages.
  static Experiment phases(List<String> network, List<String> changes) {
    Settings document = Overrides.apply(YamlSettings.read(PHASES, "phases.yaml"), network);
    return Experiment.of("small", Overrides.apply(document, changes));
  }

  /// Begins in a new folder and trains to the end.
  Outcome train(Path folder, Experiment experiment) {
    try (RunDirectory directory = RunDirectory.create(folder)) {
      new TrainingRun(directory, experiment, machine(0), Listener.SILENT).run();
      return outcome(directory);
    }
  }

  /// Begins in a new folder and stops after some updates.
  void stop(Path folder, Experiment experiment, long updates) {
    AtomicReference<TrainingRun> run = new AtomicReference<>();
    Listener stopper =
        new Listener() {
          @Override
          public void stepped(Trainer trainer) {
            if (trainer.steps() == updates) {
              run.get().stop();
            }
          }
        };
    try (RunDirectory directory = RunDirectory.create(folder)) {
      run.set(new TrainingRun(directory, experiment, machine(0), stopper));
      run.get().run();
    }
  }

  /// Goes on in a folder to the end.
  Outcome resume(Path folder) {
    try (RunDirectory directory = RunDirectory.open(folder)) {
      Experiment stored = Experiment.of("run", directory.config());
      TrainingRun run = new TrainingRun(directory, stored, machine(0), Listener.SILENT);
      run.restore();
      run.run();
      return outcome(directory);
    }
  }

  static Outcome outcome(RunDirectory directory) {
    Map<String, Object> result = new LinkedHashMap<>(directory.result().orElseThrow());
    result.keySet().removeAll(List.of("start_seconds", "seconds", "phases", "threads"));
    List<Map<String, Object>> lines =
        directory.metrics().lines().stream().map(SmallRun::withoutSeconds).toList();
    return new Outcome(result, lines);
  }

  private static Map<String, Object> withoutSeconds(Map<String, Object> line) {
    Map<String, Object> rest = new LinkedHashMap<>(line);
    rest.remove("seconds");
    return rest;
  }
}
