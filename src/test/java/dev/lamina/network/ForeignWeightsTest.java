package dev.lamina.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.kernel.MersenneTwister;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The order in which a foreign generator draws the weights of a network (specs/hsic-bottleneck.md,
/// section 6.5).
class ForeignWeightsTest {
  private static final int WIDTH = 4;

  @Test
  void drawsTheBlocksThatNoListNamesFirstAndStartsAgainForEachThatIsReseeded() {
    Map<String, ?> generator =
        Map.of("last", List.of("in", "out"), "reseed", List.of("head"), "seed", 1234);
    Network network = build(generator, "in", "m1", "m2", "out", "head");
    MersenneTwister sequence = new MersenneTwister(1234);
    for (String block : List.of("m1", "m2", "in", "out")) {
      assertDrawn(sequence, network, block);
    }
    assertDrawn(new MersenneTwister(1234), network, "head");
  }

  @Test
  void drawsInNetworkOrderIfNothingElseIsSaid() {
    Network network = build(Map.of("seed", 7), "b10", "b1");
    MersenneTwister sequence = new MersenneTwister(7);
    assertDrawn(sequence, network, "b10");
    assertDrawn(sequence, network, "b1");
  }

  @Test
  void theDescriptionOfTheNetworkKeepsTheGenerator() {
    Network network = build(Map.of("seed", 7, "last", List.of("a")), "a", "b");
    Network again = builder().build(network.description(), network.input(), 0);
    assertEquals(Weights.sha256(network), Weights.sha256(again));
  }

  @Test
  void refusesABlockThatTheNetworkHasNot() {
    LaminaException e =
        assertThrows(
            LaminaException.class, () -> build(Map.of("seed", 1, "last", List.of("out")), "a"));
    assertTrue(e.getMessage().contains("names a block 'out'"), e.getMessage());
  }

  @Test
  void refusesWeightsThatAreNotUniform() {
    Settings dense =
        Settings.empty()
            .with("outputs", 2)
            .with("initial", new Described("normal-radius", Settings.empty().with("radius", 5)));
    Settings block = Settings.empty().with("layers", List.of(new Described("dense", dense)));
    Settings description = description(Map.of("seed", 1)).with("blocks", List.of(block));
    LaminaException e =
        assertThrows(LaminaException.class, () -> builder().build(description, Shape.of(WIDTH), 0));
    assertTrue(e.getMessage().contains("uniform numbers only"), e.getMessage());
  }

  /// Weight, then bias, each number `u (2/√f) - 1/√f` with f = 4.
  private static void assertDrawn(MersenneTwister sequence, Network network, String block) {
    for (String parameter : List.of("weight", "bias")) {
      double[] got = Weights.outside(network).get(block + ".dense." + parameter).toDoubles();
      double[] want = new double[got.length];
      for (int i = 0; i < want.length; i++) {
        want[i] = sequence.uniform() - 0.5;
      }
      assertArrayEquals(want, got, block + " " + parameter);
    }
  }

  private static Network build(Map<String, ?> generator, String... blocks) {
    List<Settings> all = new ArrayList<>();
    for (String name : blocks) {
      Described dense = new Described("dense", Settings.empty().with("outputs", WIDTH));
      all.add(Settings.empty().with("name", name).with("layers", List.of(dense)));
    }
    return builder().build(description(generator).with("blocks", all), Shape.of(WIDTH), 0);
  }

  private static Settings description(Map<String, ?> generator) {
    Settings s = Settings.empty();
    for (Map.Entry<String, ?> entry : generator.entrySet()) {
      s = s.with(entry.getKey(), entry.getValue());
    }
    return Settings.empty().with("type", "f64").with("generator", new Described("mt19937", s));
  }

  private static NetworkBuilder builder() {
    ReferenceKernels kernels = new ReferenceKernels();
    return new NetworkBuilder(new Philox(0, kernels), kernels);
  }
}
