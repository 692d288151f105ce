package dev.lamina.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.Datasets;
import dev.lamina.data.Source;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Settings;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExperimentTest {
  private static final String DOCUMENT =
      """
      data: {name: mnist}
      network:
        blocks:
          - name: b1
            layers:
              - batch-norm
              - convolution: {outputs: 8, kernel: 5, padding: 2, padding-mode: reflect}
              - triangle
              - max-pool: {kernel: 4, stride: 2, padding: 1}
            rule: soft-hebb
          - name: b2
            layers: [convolution: {outputs: 4, kernel: 3}]
            rule: soft-hebb
          - name: head
            layers: [flatten, dropout, dense]
      unsupervised: {epochs: 1, batch: 10}
      supervised: {epochs: 3, batch: 64}
      """;

  @Test
  void expandsEachWayOfTraining() {
    assertEquals("b1[b1] b2[b2] head[head]", phases("training=successive"));
    assertEquals("unsupervised[b1, b2] head[head]", phases("training=consecutive"));
    assertEquals("all[b1, b2, head]", phases("training=simultaneous"));
    assertEquals("head[head]", phases("training-blocks=[head]"));
  }

  /// The names of phases are those of their random numbers, so the trainings are the same.
  @Test
  void oneHebbianBlockIsTrainedTheSameGreedilyAndConsecutively() {
    String one = "training-blocks=[b1, head]";
    assertEquals(phases("training=successive", one), phases("training=consecutive", one));
  }

  /// The rows of E4 are those of E3 with 50 middle blocks instead of 5; they would take a minute.
  @Test
  void eachPresetBuildsAndRepeatsFromItsExpandedForm() {
    List<Preset> quick =
        Presets.shipped().all().stream().filter(p -> !p.name().contains("-E4.")).toList();
    for (Preset preset : quick) {
      Experiment e = Experiment.of(preset.name(), preset.document());
      Network network = build(e);
      String expanded = YamlWriter.write(e.expanded(network));
      Experiment again = Experiment.of(preset.name(), YamlSettings.read(expanded, "config.yaml"));
      assertEquals(plans(e, network), plans(again, network), preset.name());
      assertEquals(expanded, YamlWriter.write(again.expanded(build(again))), preset.name());
    }
  }

  @Test
  void classifiersSeeThePublishedNumberOfFeatures() {
    assertEquals(96 * 16 * 16, features("cifar10-softhebb-1"));
    assertEquals(384 * 8 * 8, features("cifar10-softhebb-2"));
    assertEquals(96 * 8 * 8, features("cifar10-softhebb-2-wf1"));
    assertEquals(96 * 4 * 4, features("cifar10-softhebb-3-wf1"));
    assertEquals(384 * 7 * 7, features("cifar10-hard-2"));
    assertEquals(2000, features("mnist-radius/r2"));
  }

  @Test
  void namesThePlaceOfAMistake() {
    assertFails(
        "epochs: 3",
        "epoks: 3",
        "a.yaml:17:14: unknown key 'epoks' in 'supervised'; did you mean 'epochs'?");
    assertFails(
        "batch: 64",
        "batch: many",
        "a.yaml:17:25: 'supervised.batch' must be a whole number but is 'many'");
    assertFails(
        "supervised: {epochs: 3, batch: 64}",
        "supervised: 3",
        "a.yaml:17:1: 'supervised' must be a group of settings");
    assertFails(
        "data: {name: mnist}",
        "date: {name: mnist}",
        "a.yaml:1:1: unknown key 'date'; did you mean 'data'?");
    assertFails(
        "data: {name: mnist}",
        "data: {name: mnist}\nseeds: 3",
        "a.yaml:2:1: unknown key 'seeds'; did you mean 'seed'?");
    assertFails(
        "data: {name: mnist}",
        "data: {name: mnist}\nband: [3]",
        "a.yaml:2:1: 'band' must be two numbers, [lowest, highest], but is [3]");
  }

  @Test
  void namesTheLayerWhoseShapeIsImpossible() {
    String document = DOCUMENT.replace("kernel: 3", "kernel: 30");
    Experiment e = Experiment.of("a", YamlSettings.read(document, "a.yaml"));
    String message = assertThrows(LaminaException.class, () -> build(e)).getMessage();
    assertTrue(message.startsWith("a.yaml:12:"), message);
    assertTrue(message.contains("network.blocks[1].layers[0].convolution"), message);
  }

  @Test
  void refusesPhasesBesideAWayOfTraining() {
    assertEquals(
        "--set training=simultaneous: 'training' and 'phases' exclude each other; leave one of them"
            + " out",
        assertThrows(
                LaminaException.class,
                () ->
                    experiment(
                        "phases=[{name: a, learn: [b1], epochs: 1, batch: 1}]",
                        "training=simultaneous"))
            .getMessage());
  }

  @Test
  void aDefaultRuleIsForBlocksWithoutOne() {
    Network network = build(experiment("rule={soft-hebb: {competition: hard}}"));
    assertEquals("soft-hebb", network.blocks().getLast().rule().name());
  }

  @Test
  void refusesWhatDoesNotFitIntoMemoryWithBothNumbers() {
    Experiment e = experiment("supervised.batch=1_000_000");
    Network network = build(e);
    MemoryNeed need = MemoryNeed.of(network, e.phases(network));
    long available = 2_000_000_000;
    String message =
        assertThrows(LaminaException.class, () -> need.requireAtMost(available)).getMessage();
    assertTrue(
        message.contains("needs %.1f GB".formatted(need.total() / 1e9))
            && message.contains("may take 2.0 GB"),
        message);
  }

  @Test
  void readsAFolderOfPictures() {
    Experiment e = experiment("data={name: pets, folder: pets, sample: [8, 8, 3]}");
    assertEquals(List.of(8, 8, 3), e.choice().sample());
    assertFails(
        "data: {name: mnist}",
        "data: {name: pets, folder: pets, sample: [8, x]}",
        "a.yaml:1:34: 'data.sample' must be [height, width, channels] but is [8, x]");
  }

  private static void assertFails(String from, String to, String expected) {
    Settings s = YamlSettings.read(DOCUMENT.replace(from, to), "a.yaml");
    String message = assertThrows(LaminaException.class, () -> Experiment.of("a", s)).getMessage();
    assertEquals(expected, message);
  }

  private static String phases(String... assignments) {
    Experiment e = experiment(assignments);
    return e.phases(build(e)).stream()
        .map(p -> p.name() + p.blocks())
        .collect(Collectors.joining(" "));
  }

  private static Experiment experiment(String... assignments) {
    Settings s = YamlSettings.read(DOCUMENT, "a.yaml");
    return Experiment.of("a", Overrides.apply(s, List.of(assignments)));
  }

  private static List<String> plans(Experiment e, Network network) {
    return e.phases(network).stream()
        .map(p -> p.name() + p.blocks() + p.plan(60_000) + p.evaluation())
        .toList();
  }

  private static int features(String preset) {
    Preset found = Presets.shipped().find(preset);
    Network network = build(Experiment.of(preset, found.document()));
    return network.blocks().get(network.blocks().size() - 2).output().size();
  }

  private static Network build(Experiment e) {
    Source source = Datasets.named(e.data());
    Shape sample = e.choice().transform().of(source.sample());
    NetworkBuilder builder = new NetworkBuilder(new Zeros(), new ReferenceKernels());
    return e.network(builder, sample, source.classes().size());
  }

  /// Shapes matter here, numbers do not.
  private static final class Zeros implements Draws {
    @Override
    public void uniform(Tensor out, String stream, long step) {}

    @Override
    public void normal(Tensor out, String stream, long step) {}

    @Override
    public void keep(Tensor mask, double p, String stream, long step) {}

    @Override
    public void permutation(Tensor out, String stream, long step) {}
  }
}
