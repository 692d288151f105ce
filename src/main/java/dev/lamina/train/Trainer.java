package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.kernel.Kernels;
import dev.lamina.network.Block;
import dev.lamina.network.Figures;
import dev.lamina.network.Network;
import dev.lamina.network.Reach;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Trains a network through its phases; can be stopped anywhere and go on with the same bits.
///
/// The order of an epoch is drawn from stream `PHASE.order` at step epoch, changes of augmented
/// samples from `PHASE.augment`. What lies below the lowest learning block is computed once per
/// phase when the phase has more than one epoch and samples are the same in each.
public final class Trainer {
  private final Job job;
  private final Kernels kernels;
  private final Draws draws;
  private final Listener listener;
  private final Map<Network.Named, Tensor> initial = new LinkedHashMap<>();
  private volatile boolean stopped;
  private long most = Long.MAX_VALUE;
  private int phaseIndex;
  private int epoch;
  private int batch;
  private long update;
  private long step;
  private double seconds;
  private double phaseSeconds;
  private long mark;
  private boolean running;
  private @Nullable NetworkLearner learner;
  private @Nullable Map<String, Tensor> pending;
  private Figures lastFigures = new Figures();

  /// What is to be trained.
  ///
  /// @param network the network, with its initial parameters
  /// @param phases the phases in order
  /// @param training what is learned from
  /// @param evaluation what figures are measured on: the test set, or a validation part
  /// @param cacheFolder where features go that do not fit into memory
  public record Job(
      Network network, List<Phase> phases, Dataset training, Dataset evaluation, Path cacheFolder) {
    /// Checks the names of blocks, and that errors have labels to start from.
    public Job {
      phases = List.copyOf(phases);
      for (Phase phase : phases) {
        phase.restart().forEach(network::blockIndex);
        for (String name : phase.blocks()) {
          Block block = network.blocks().get(network.blockIndex(name));
          if (block.rule().reach() != Reach.NONE) {
            requireLabels(training, block);
          }
        }
      }
      if (training.size() == 0) {
        throw new LaminaException("the training set '" + training.name() + "' is empty");
      }
    }
  }

  private static void requireLabels(Dataset training, Block block) {
    for (int i = 0; i < training.size(); i++) {
      if (training.label(i) < 0) {
        throw new LaminaException(
            "sample "
                + i
                + " of the training set '"
                + training.name()
                + "' has no label, but block '"
                + block.name()
                + "' learns from labels; leave the sample out, or train other blocks");
      }
    }
  }

  /// A trainer at the beginning of its job.
  public Trainer(Job job, Kernels kernels, Draws draws, Listener listener) {
    this.job = job;
    this.kernels = kernels;
    this.draws = draws;
    this.listener = listener;
    List<String> restarted = job.phases().stream().flatMap(p -> p.restart().stream()).toList();
    for (Network.Named named : job.network().tensors()) {
      if (restarted.contains(job.network().blocks().get(named.block()).name())) {
        initial.put(named, named.parameter().value().copy());
      }
    }
  }

  /// What is being trained.
  public Job job() {
    return job;
  }

  /// The phase in progress.
  public Phase phase() {
    return job.phases().get(Math.min(phaseIndex, job.phases().size() - 1));
  }

  /// How far the training has come.
  public Position position() {
    settle();
    return new Position(phaseIndex, epoch, batch, update, step, seconds, phaseSeconds);
  }

  /// Batches in an epoch of the phase in progress.
  public int batches() {
    return phase().updates(job.training().size());
  }

  /// The epoch of the phase in progress, from 0.
  public int epoch() {
    return epoch;
  }

  /// The next batch of the epoch in progress.
  public int batch() {
    return batch;
  }

  /// Updates since the training began, over all phases.
  public long steps() {
    return step;
  }

  /// Seconds spent so far, over all phases and before a resume.
  public double seconds() {
    settle();
    return seconds;
  }

  /// The figures of the running epoch so far.
  public void figures(Figures out) {
    if (learner != null) {
      learner.figures(out);
    }
  }

  /// Whether a probe has read the last batch, so that its figures deserve a line of their own.
  public boolean hasRead() {
    return learner != null && learner.hasRead();
  }

  /// The figures of the last epoch that ended.
  public Figures lastFigures() {
    return lastFigures;
  }

  /// Asks the training to stop after the update in progress; any thread may call.
  public void stop() {
    stopped = true;
  }

  /// Cuts every phase to its first `updates` updates, without evaluation and without cached
  /// features: a replay, whose bits tell whether the whole training would still have the same.
  public void cut(long updates) {
    most = updates;
  }

  private boolean isCut() {
    return most < Long.MAX_VALUE;
  }

  /// Trains to the end, or until `stop`.
  ///
  /// @return whether all phases are done
  public boolean run() {
    while (phaseIndex < job.phases().size() && !stopped) {
      if (!runPhase()) {
        return false;
      }
      listener.phaseEnded(this, phaseSeconds);
      phaseIndex++;
      epoch = 0;
      batch = 0;
      update = 0;
      phaseSeconds = 0;
      learner = null;
    }
    return phaseIndex == job.phases().size();
  }

  private boolean runPhase() {
    Phase phase = phase();
    listener.phaseStarted(this);
    mark = System.nanoTime();
    running = true;
    if (update == 0) {
      restart(phase.restart());
    }
    FrozenFeatures frozen = isCut() ? FrozenFeatures.none(job) : FrozenFeatures.below(job, phase);
    Dataset training = frozen.of(job.training(), "training", this::caching, kernels, draws);
    Dataset evaluation = frozen.of(job.evaluation(), "evaluation", this::caching, kernels, draws);
    NetworkLearner made =
        new NetworkLearner(job.network(), phase, frozen.block(), training.size(), kernels, draws);
    learner = made;
    int[] order = new int[training.size()];
    int batches = batches();
    if (pending != null) {
      set(made.state(), pending);
      made.resumed(Math.min(batch * phase.batch(), order.length), batch);
      made.restored();
      pending = null;
    } else if (update == 0) {
      begin(made, training, evaluation);
    }
    while (epoch < phase.epochs() && update < most) {
      if (batch == 0) {
        made.startEpoch();
      }
      phase.order(order, epoch, draws);
      Dataset drawn = training.drawn(draws, phase.name() + ".augment", epoch);
      while (batch < batches && update < most) {
        int at = batch * phase.batch();
        made.step(drawn, order, at, Math.min(phase.batch(), order.length - at), epoch, update);
        batch++;
        update++;
        step++;
        listener.stepped(this);
        if (stopped) {
          settle();
          running = false;
          return false;
        }
      }
      endEpoch(phase, made, training, evaluation);
    }
    settle();
    running = false;
    return true;
  }

  private void restart(List<String> blocks) {
    initial.forEach((named, value) -> {
      if (blocks.contains(job.network().blocks().get(named.block()).name())) {
        named.parameter().value().copyFrom(value);
      }
    });
  }

  private void begin(NetworkLearner made, Dataset training, Dataset evaluation) {
    made.begin();
    if (phase().evaluation().first() && !isCut()) {
      Figures figures = new Figures();
      made.evaluate(training, evaluation, figures);
      lastFigures = figures;
      listener.epochEnded(this, figures);
    }
  }

  private void endEpoch(Phase phase, NetworkLearner made, Dataset training, Dataset evaluation) {
    Figures figures = new Figures();
    made.figures(figures);
    if (phase.evaluates(epoch) && !isCut()) {
      made.refit(training);
      made.evaluate(training, evaluation, figures);
    }
    requireFinite();
    lastFigures = figures;
    epoch++;
    batch = 0;
    listener.epochEnded(this, figures);
  }

  private void caching(int done, int total) {
    listener.caching(this, done, total);
  }

  private void settle() {
    if (running) {
      long now = System.nanoTime();
      seconds += (now - mark) * 1e-9;
      phaseSeconds += (now - mark) * 1e-9;
      mark = now;
    }
  }

  /// Stops with an error if a weight is NaN or infinite.
  ///
  /// @throws LaminaException that names block, tensor and update
  public void requireFinite() {
    for (Network.Named named : job.network().tensors()) {
      Tensor found = Tensor.zeros(named.parameter().value().type(), 1);
      kernels.firstNotFinite(found, named.parameter().value());
      if (found.get(0) >= 0) {
        throw new LaminaException(
            "NaN or infinity in '"
                + named.name()
                + "' of block '"
                + job.network().blocks().get(named.block()).name()
                + "' at update "
                + update
                + " of phase '"
                + phase().name()
                + "'; lower the learning rate or check the input data");
      }
    }
  }

  /// A copy of everything that is needed to go on from here.
  ///
  /// @throws LaminaException if a weight is NaN or infinite: such a checkpoint is never made
  public Checkpoint checkpoint() {
    requireFinite();
    Map<String, Tensor> state = new LinkedHashMap<>();
    if (pending != null) {
      state.putAll(pending); // restored, but stopped before the phase went on
    } else if (learner != null) {
      learner.state().forEach((name, tensor) -> state.put(name, tensor.copy()));
    }
    return Checkpoint.of(job.network(), job.training(), position(), state);
  }

  /// Goes on from a checkpoint: sets the network's tensors and the position.
  ///
  /// @throws LaminaException if the checkpoint is of another network
  public void restore(Checkpoint checkpoint) {
    checkpoint.copyInto(job.network());
    Position p = checkpoint.position();
    phaseIndex = p.phase();
    epoch = p.epoch();
    batch = p.batch();
    update = p.update();
    step = p.step();
    seconds = p.seconds();
    phaseSeconds = p.phaseSeconds();
    pending = update == 0 ? null : checkpoint.state(); // a phase that begins has no state yet
  }

  private static void set(Map<String, Tensor> live, Map<String, Tensor> stored) {
    live.forEach((name, tensor) -> {
      Tensor from = stored.get(name);
      if (from == null || !from.shape().equals(tensor.shape())) {
        throw new LaminaException(
            "the checkpoint lacks the state '"
                + name
                + "' of shape "
                + tensor.shape()
                + "; it was written by another configuration: start the run again");
      }
      tensor.copyFrom(from);
    });
  }
}
