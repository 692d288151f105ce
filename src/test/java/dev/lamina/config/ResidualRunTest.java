package dev.lamina.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.network.Network;
import dev.lamina.network.Weights;
import dev.lamina.train.Listener;
import dev.lamina.train.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A residual network through a whole run: threads, stop, resume, and the network that is left.
class ResidualRunTest {
  private static final String[] RESIDUAL = {
    "network.blocks="
        + "[{name: stem, layers: [convolution: {outputs: 4, kernel: 5, stride: 3}, batch-norm, relu]},"
        + " {name: stage, layers: [residual: {body:"
        + " [convolution: {outputs: 8, kernel: 3, stride: 2, padding: 1}, batch-norm: {affine: true},"
        + " relu, dropout: {p: 0.2, by: channel},"
        + " convolution: {outputs: 8, kernel: 3, padding: 1}, batch-norm],"
        + " shortcut: [subsample: {planes: 8}]}, relu]},"
        + " {name: head, layers: [global-avg-pool, mean: {chains: [[dense], [dropout, dense]]}]}]",
    "network.rule=backprop",
    "training=simultaneous",
  };

  @TempDir private Path temp;
  private SmallRun small;

  @BeforeEach
  void writeTheData() throws IOException {
    small = new SmallRun(temp.resolve("data"));
  }

  /// Stops a run after some updates.
  private static final class Stopper implements Listener {
    private TrainingRun run;
    private int left;

    Stopper(int updates) {
      left = updates;
    }

    @Override
    public void stepped(Trainer trainer) {
      if (--left == 0) {
        run.stop();
      }
    }
  }

  @Test
  void aRunThatIsStoppedGoesOnToTheSameEndOnAnyNumberOfThreads() {
    SmallRun.Outcome whole = small.train(temp.resolve("whole"), 1, RESIDUAL);
    assertEquals(whole, small.train(temp.resolve("three"), 3, RESIDUAL));
    Path folder = temp.resolve("stopped");
    Stopper stopper = new Stopper(5);
    try (RunDirectory directory = RunDirectory.create(folder)) {
      Experiment experiment = SmallRun.experiment(RESIDUAL);
      stopper.run = new TrainingRun(directory, experiment, small.machine(0), stopper);
      assertTrue(stopper.run.run().isEmpty(), "the run was not stopped");
    }
    assertEquals(whole, small.resume(folder));
  }

  @Test
  void theStoredNetworkIsTheTrainedOne() {
    Path folder = temp.resolve("run");
    SmallRun.Outcome outcome = small.train(folder, 2, RESIDUAL);
    Network stored = StoredRun.find(folder).model(new ReferenceKernels()).network();
    assertEquals(outcome.hash(), Weights.sha256(stored));
    assertEquals(
        SmallRun.experiment(RESIDUAL).phases(stored).size(), 1, "all blocks learn at once");
  }
}
