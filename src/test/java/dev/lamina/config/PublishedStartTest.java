package dev.lamina.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamina.data.DataPlaces;
import dev.lamina.data.Dataset;
import dev.lamina.data.Datasets;
import dev.lamina.golden.Tier;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.layer.Mode;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Pass;
import dev.lamina.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A network starts with the weights of a published run if, untrained, it gives the published
/// accuracy (specs/hsic-bottleneck.md, section 6.5).
class PublishedStartTest {
  private static final int BATCH = 256;

  private static final String NETWORK =
      """
      generator: {mt19937: {seed: 1234, last: [input, output], reseed: [head]}}
      blocks:
        - {name: input, layers: [flatten, dense: &w {outputs: 128}, batch-norm, relu]}
        - {name: m1, layers: &middle [dense: *w, batch-norm, relu]}
        - {name: m2, layers: *middle}
        - {name: m3, layers: *middle}
        - {name: m4, layers: *middle}
        - {name: m5, layers: *middle}
        - {name: output, layers: *middle}
        - {name: head, layers: [dense]}
      """;

  /// Experiment E0: 10.576 %, the mean over batches of 256 (the last of 16), with the statistics of
  /// each batch.
  @Test
  void theNetworkOfExperimentZeroIsAsRightBeforeItsTrainingAsThePublishedOne() {
    Kernels kernels = Tier.VECTOR.kernels();
    Dataset test =
        Datasets.load(
                "mnist", new DataPlaces(List.of(new DataPlaces.Place("test", Path.of("data")))))
            .test();
    Philox draws = new Philox(0, kernels);
    Network network =
        new NetworkBuilder(draws, kernels)
            .build(YamlSettings.read(NETWORK, "e0.yaml"), test.sample(), 10);
    int top = network.blocks().size() - 1;
    Pass pass = new Pass(network, kernels, draws, new Pass.Extent(0, top, BATCH), "test");
    double sum = 0;
    int batches = 0;
    for (int at = 0; at < test.size(); at += BATCH) {
      pass.begin(Math.min(BATCH, test.size() - at));
      test.batch(at, pass.size(), pass.input(), pass.labels());
      for (int b = 0; b <= top; b++) {
        pass.forward(b, Mode.BATCH, false);
      }
      sum += 100.0 * right(pass) / pass.size();
      batches++;
    }
    assertEquals(10.576, sum / batches, 0.0005);
  }

  private static int right(Pass pass) {
    int right = 0;
    Tensor z = pass.output();
    int classes = z.axis(1);
    for (int i = 0; i < pass.size(); i++) {
      int best = 0;
      for (int c = 1; c < classes; c++) {
        best = z.get(i * classes + c) > z.get(i * classes + best) ? c : best;
      }
      right += best == (int) pass.labels().get(i) ? 1 : 0;
    }
    return right;
  }
}
