package dev.lamina.config;

import dev.lamina.data.DataPlaces;
import dev.lamina.data.Split;
import dev.lamina.network.Described;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Settings;
import dev.lamina.tensor.Shape;
import dev.lamina.train.Phase;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a run does, read from one document: data, network, phases, seed.
///
/// ```yaml
/// name: mine                               # in the place of the preset's or file's name
/// description: One or two sentences.
/// published: {value: 80.3, source: …}      # or {value: none, source: why there is none}
/// band: [78.3, 100]                        # accuracies that count as a replication
/// data: {name: cifar-10}                   # see DataChoice
/// seed: 0
/// rule: backprop                           # of all blocks that have none of their own
/// network: {type: f32, blocks: […]}        # see NetworkBuilder
/// training: successive                     # or consecutive, simultaneous
/// training-blocks: [head]                  # only these learn; all if left out
/// unsupervised: {epochs: 1, batch: 10}     # see Phase
/// supervised: {epochs: 50, batch: 64, optimizer: adam, rate: 0.001, schedule: halving}
/// phases: [{name: …, learn: […], …}]       # in the place of the four keys above
/// weights: FILE.safetensors                # initial parameters, see StartingWeights
/// keep: [1, 5]                             # epochs of each phase whose checkpoint is kept
/// keep-steps: 10                           # updates between models that are kept
/// untrained-baseline: false                # also train the supervised phases on untrained blocks
/// replay-steps: 200                        # updates that a replay of the run repeats
/// ```
///
/// @param name its own name, or that of the preset or file
/// @param description one or two sentences
/// @param published what others measured
/// @param band what counts as a replication
/// @param choice which data set, and what is held out of it
/// @param seed of all random numbers
/// @param weights where initial parameters come from
/// @param keep numbers of epochs, from 1, after which `PHASE-EPOCH.safetensors` is kept
/// @param keepSteps updates between models that are kept as `PHASE-step-STEP.safetensors`; 0 for
///   none
/// @param untrainedBaseline whether the supervised phases are also run on untrained blocks
/// @param replaySteps updates that a replay repeats
/// @param document the document itself
public record Experiment(
    String name,
    String description,
    Published published,
    Optional<Band> band,
    DataChoice choice,
    int seed,
    StartingWeights weights,
    List<Integer> keep,
    int keepSteps,
    boolean untrainedBaseline,
    int replaySteps,
    Settings document) {

  /// Reads a document; its network is read when it is built.
  ///
  /// @throws dev.lamina.tensor.LaminaException with the place of the first mistake
  public static Experiment of(String name, Settings s) {
    Experiment experiment =
        new Experiment(
            s.text("name", name),
            s.text("description", ""),
            s.has("published") ? Published.of(s.child("published")) : Published.NONE,
            Band.of(s, training(s)),
            DataChoice.of(s.child("data")),
            s.integer("seed", 0, 0),
            StartingWeights.of(s),
            epochs(s),
            s.integer("keep-steps", 0, 0),
            s.flag("untrained-baseline", false),
            s.integer("replay-steps", 0, 200),
            s);
    s.child("network");
    s.optional("rule");
    checkPhases(s);
    s.finish();
    return experiment;
  }

  private static List<Integer> epochs(Settings s) {
    try {
      return s.texts("keep").stream().map(Integer::valueOf).toList();
    } catch (NumberFormatException e) {
      throw s.error("keep", "must be a list of epochs such as [1, 5]");
    }
  }

  /// The name of the data set.
  public String data() {
    return choice.name();
  }

  /// Whether a part of the training set is held out.
  public boolean isValidated() {
    return choice.validation().isPresent();
  }

  private static Training training(Settings s) {
    return s.choice("training", Training.class, Training.SUCCESSIVE);
  }

  private static void checkPhases(Settings s) {
    List<Settings> phases = s.children("phases");
    for (Settings phase : phases) {
      Phase.of(phase);
    }
    for (String key : List.of("training", "training-blocks", "unsupervised", "supervised")) {
      if (!phases.isEmpty() && s.has(key)) {
        throw s.error(key, "and 'phases' exclude each other; leave one of them out");
      }
    }
    s.texts("training-blocks");
    Stages.check(s);
  }

  /// Reads the data set.
  ///
  /// @throws dev.lamina.tensor.LaminaException if it is unknown, nowhere, or broken
  public Split load(DataPlaces places) {
    return choice.load(places);
  }

  /// Builds the network, with its initial parameters.
  ///
  /// @param input shape of a sample
  /// @param classes number of classes of the data set, or 0
  public Network network(NetworkBuilder builder, Shape input, int classes) {
    Settings network = document.child("network");
    Settings.Value rule = document.values().get("rule");
    if (rule != null && !network.has("rule")) {
      network = network.placed("rule", rule);
    }
    return builder.build(seeded(network), input, classes);
  }

  /// A foreign generator without a seed of its own has that of the experiment.
  private Settings seeded(Settings network) {
    if (!network.has("generator")) {
      return network;
    }
    Described generator = network.described("generator");
    Settings s = generator.settings();
    return network.with(
        "generator", new Described(generator.kind(), s.has("seed") ? s : s.with("seed", seed)));
  }

  /// The phases in order.
  public List<Phase> phases(Network network) {
    List<Phase> phases = phaseSettings(network).stream().map(Phase::of).toList();
    Set<String> names = new HashSet<>();
    for (Phase phase : phases) {
      phase.blocks().forEach(network::blockIndex);
      if (!names.add(phase.name())) {
        throw document.error("phases", "has two phases named '" + phase.name() + "'");
      }
    }
    return phases;
  }

  private List<Settings> phaseSettings(Network network) {
    return document.has("phases")
        ? document.children("phases")
        : new Stages(training(document), document, document.texts("training-blocks")).of(network);
  }

  /// The document with all defaults, phases one by one: the same experiment, whatever defaults
  /// become.
  public Settings expanded(Network network) {
    List<Settings> phases = phaseSettings(network);
    phases.forEach(Phase::of);
    Settings s = Settings.empty().with("name", name).with("description", description);
    s = s.with("published", published.settings());
    if (band.isPresent()) {
      s = s.with("band", List.of(band.get().low(), band.get().high()));
    }
    s = s.with("data", choice.settings());
    s = s.with("seed", seed);
    s = weights.in(s);
    if (!keep.isEmpty()) {
      s = s.with("keep", keep);
    }
    if (keepSteps > 0) {
      s = s.with("keep-steps", keepSteps);
    }
    return s.with("network", network.description())
        .with("phases", phases.stream().map(Settings::expanded).toList())
        .with("untrained-baseline", untrainedBaseline)
        .with("replay-steps", replaySteps);
  }
}
