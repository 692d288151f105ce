package dev.lamina.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamina.config.YamlSettings;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.layer.Mode;
import dev.lamina.loss.CrossEntropy;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.GradientCheck;
import dev.lamina.testkit.Numbers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Networks of residual layers and means: names, description, errors, gradients.
class CompositeNetworkTest {
  private static final Kernels K = new ReferenceKernels();
  private static final Numbers NUMBERS = Numbers.of(K, DType.F64);
  private static final Shape IMAGE = Shape.of(3, 3, 2);
  private static final int BATCH = 4;
  private static final int CLASSES = 3;
  private static final String RESIDUAL =
      """
      type: f64
      blocks:
        - name: stem
          layers: [convolution: {outputs: 4, kernel: 3, padding: 1}, tanh]
        - name: stage
          layers:
            - residual:
                body:
                  - convolution: {outputs: 4, kernel: 3, padding: 1}
                  - batch-norm: {affine: true}
                  - tanh
                  - residual: {body: [tanh, convolution: {outputs: 4, kernel: 1}]}
                shortcut: [batch-norm]
            - tanh
        - name: head
          layers:
            - flatten
            - mean: {chains: [[dense], [dense: {outputs: 5}, tanh, dense]]}
      """;

  private static Network network(String yaml) {
    return new NetworkBuilder(new Philox(NUMBERS.seed(), K), K)
        .build(YamlSettings.read(yaml, "net.yaml"), IMAGE, CLASSES);
  }

  @Test
  void tensorsAreNamedByTheWayToThem() {
    assertEquals(
        List.of(
            "stem.convolution.weight",
            "stage.residual.body.convolution.weight",
            "stage.residual.body.batch-norm.weight",
            "stage.residual.body.batch-norm.bias",
            "stage.residual.body.batch-norm.running-mean",
            "stage.residual.body.batch-norm.running-variance",
            "stage.residual.body.residual.body.convolution.weight",
            "stage.residual.shortcut.batch-norm.running-mean",
            "stage.residual.shortcut.batch-norm.running-variance",
            "head.mean.chain-1.dense.weight",
            "head.mean.chain-1.dense.bias",
            "head.mean.chain-2.dense.weight",
            "head.mean.chain-2.dense.bias",
            "head.mean.chain-2.dense-2.weight",
            "head.mean.chain-2.dense-2.bias"),
        network(RESIDUAL).tensors().stream().map(Network.Named::name).toList());
  }

  @Test
  void everyProjectionOfABlockIsFound() {
    Network network = network(RESIDUAL);
    assertEquals(
        List.of("residual.body.convolution", "residual.body.residual.body.convolution"),
        List.copyOf(network.blocks().get(1).projections().keySet()));
    assertEquals(3, network.blocks().get(1).parameters().size() - 1);
  }

  @Test
  void equalLayersOfTwoChainsStartFromDifferentNumbers() {
    Network network =
        network("type: f64\nblocks: [layers: [flatten, mean: {chains: [[dense], [dense]]}]]");
    List<Network.Named> tensors = network.tensors();
    assertNotEquals(
        tensors.get(0).parameter().value().get(0), tensors.get(2).parameter().value().get(0));
  }

  @Test
  void theDescriptionBuildsTheSameNetworkAgain() {
    Network network = network(RESIDUAL);
    Settings stored = SettingsJson.read(SettingsJson.write(network.description()), "checkpoint");
    Network again =
        new NetworkBuilder(new Philox(NUMBERS.seed(), K), K).build(stored, IMAGE, CLASSES);
    assertEquals(Weights.sha256(network), Weights.sha256(again));
    assertEquals(Outline.of(network), Outline.of(again));
  }

  @Test
  void theOutlineTellsOfLayersInside() {
    Outline outline = Outline.of(network(RESIDUAL));
    assertEquals(
        List.of(
            "residual",
            "residual.body.convolution",
            "residual.body.batch-norm",
            "residual.body.tanh",
            "residual.body.residual",
            "residual.body.residual.body.tanh",
            "residual.body.residual.body.convolution",
            "residual.shortcut.batch-norm",
            "tanh"),
        outline.rows().stream()
            .filter(r -> r.block().equals("stage"))
            .map(Outline.Row::layer)
            .toList());
    // 3·3 kernels: 2·4, 4·4; batch norm 4 + 4; 1·1 kernel 4·4; heads 36·3+3, 36·5+5, 5·3+3
    assertEquals(72 + 144 + 8 + 16 + 111 + 185 + 18, outline.parameters());
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void theErrorReachesEveryParameterAndTheInput(Mode mode) {
    Network network = network(RESIDUAL);
    Pass pass =
        new Pass(network, K, new Philox(1, K), new Pass.Extent(0, 2, BATCH + 2), "gradient");
    Tensor x = NUMBERS.normal("x", IMAGE.batch(BATCH).axes());
    Tensor labels = NUMBERS.labels("labels", BATCH, CLASSES);
    loss(pass, x, labels, mode);
    pass.backward(2, Tap.Y, Pass.INPUT);
    Tensor gx = pass.inputError().copy();
    List<Network.Named> trained = network.tensors().stream().filter(n -> !n.statistic()).toList();
    List<Tensor> gradients = trained.stream().map(n -> n.parameter().gradient().copy()).toList();
    GradientCheck.verify("input", gx, x, () -> loss(pass, x, labels, mode));
    for (int i = 0; i < trained.size(); i++) {
      Tensor value = trained.get(i).parameter().value();
      GradientCheck.verify(
          trained.get(i).name() + ", seed " + NUMBERS.seed(),
          gradients.get(i),
          value,
          () -> loss(pass, x, labels, mode));
    }
    loss(pass, x, labels, mode);
    pass.backward(2, Tap.Y, 1);
    for (int i = 1; i < trained.size(); i++) {
      assertArrayEquals(
          gradients.get(i).toDoubles(), trained.get(i).parameter().gradient().toDoubles());
    }
  }

  private static double loss(Pass pass, Tensor x, Tensor labels, Mode mode) {
    pass.begin(BATCH);
    pass.input().copyFrom(x);
    for (int b = 0; b < 3; b++) {
      pass.forward(b, mode, true);
    }
    Tensor figures = Tensor.zeros(DType.F64, 2);
    new CrossEntropy().compute(K, figures, pass.error(2, Tap.Y), pass.output(), labels);
    return figures.get(0);
  }

  @Test
  void errorsNameTheirPlace() {
    assertError(
        "net.yaml:1:19: the body of a residual layer gives [3, 3, 3] but its shortcut [3, 3, 2]; "
            + "let the shortcut end in the body's shape at 'blocks[0].layers[0].residual'",
        "blocks: [layers: [residual: {body: [convolution: {outputs: 3, kernel: 1}]}]]");
    assertError(
        "net.yaml:1:37: unknown layer 'convolutoin'; did you mean 'convolution'? "
            + "at 'blocks[0].layers[0].residual.body[0].convolutoin'",
        "blocks: [layers: [residual: {body: [convolutoin]}]]");
    assertError(
        "net.yaml:1:35: 'blocks[0].layers[0].mean.chains[0]' must be a list",
        "blocks: [layers: [mean: {chains: [tanh]}]]");
    assertError(
        "net.yaml:1:28: one chain gives a flattened map and another the features of a dense layer,"
            + " whose order is not the same outside; put a dense layer behind the flatten"
            + " at 'blocks[0].layers[1].residual'",
        "blocks: [layers: [flatten, residual: {body: [dense: {outputs: 18}]}]]");
  }

  private static void assertError(String message, String yaml) {
    LaminaException error = assertThrows(LaminaException.class, () -> network(yaml));
    assertEquals(message, error.getMessage());
  }
}
