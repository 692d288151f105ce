package dev.lamina.rule.objective;

import dev.lamina.kernel.Kernels;
import dev.lamina.measure.Gaussian;
import dev.lamina.measure.LabelKernel;
import dev.lamina.measure.NormalizedHsic;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// nHSIC of an activation with the network's input and with the labels, batch after batch.
///
/// `R_x` and `R_y` follow from the batch alone: whoever asks for them first computes them for all
/// blocks of the pass.
final class HsicTerms {
  private final Gaussian ofInput;
  private final Gaussian ofOutput;
  private final LabelKernel ofLabels;
  private final NormalizedHsic nhsic;
  private final String nameOfX;
  private final String nameOfY;
  private final Consumer<Tensor> normalizeInput = this::normalizeInput;
  private final Consumer<Tensor> normalizeLabels = this::normalizeLabels;
  private final Tensor hx = Tensor.zeros(DType.F64, 1);
  private final Tensor hy = Tensor.zeros(DType.F64, 1);
  private final List<Square> squares = new ArrayList<>();
  private Tensor input = hx;
  private Tensor labels = hx;
  private Tensor rx = hx;
  private Tensor ry = hx;

  /// The matrices of one batch size.
  private record Square(Shape shape, Tensor kz, Tensor rz) {
    static Square of(int m) {
      Shape shape = Shape.of(m, m);
      return new Square(shape, Tensor.zeros(DType.F64, shape), Tensor.zeros(DType.F64, shape));
    }
  }

  HsicTerms(HsicSimilarity how, Network network, int capacity, Kernels kernels) {
    this.ofInput = how.gaussian(kernels, capacity, how.sigmaX());
    this.ofOutput = how.gaussian(kernels, capacity, how.sigmaZ());
    this.ofLabels = how.ofLabels(kernels, capacity, network.classes());
    this.nhsic = new NormalizedHsic(kernels, capacity, how.epsilon());
    String common = " scaled " + how.scaled() + " epsilon " + how.epsilon();
    this.nameOfX = "hsic R_x sigma " + how.sigmaX() + common;
    this.nameOfY = "hsic R_y sigma " + how.sigmaY() + " " + how.labels() + common;
  }

  /// What `R_x` and `R_y` follow from, as a part of the names of what follows from them.
  String names() {
    return nameOfX + " " + nameOfY;
  }

  /// Computes `hx` and `hy` of the activation `z` `[m, ..]`.
  ///
  /// @throws LaminaException if something is not finite, or the batch has one sample
  void measure(Pass pass, Tensor z) {
    int m = pass.size();
    if (m < 2) {
      throw new LaminaException(
          "nHSIC needs at least 2 samples but this is a batch of 1; choose another batch size, or"
              + " drop the last one of an epoch");
    }
    Square s = square(m);
    input = pass.input();
    labels = pass.labels();
    rx = pass.once(nameOfX, DType.F64, s.shape, normalizeInput);
    ry = pass.once(nameOfY, DType.F64, s.shape, normalizeLabels);
    ofOutput.matrix(s.kz, z);
    nhsic.normalize(s.rz, s.kz);
    nhsic.value(hx, s.rz, rx);
    nhsic.value(hy, s.rz, ry);
  }

  private void normalizeInput(Tensor r) {
    ofInput.matrix(r, input);
    nhsic.normalize(r, r);
  }

  private void normalizeLabels(Tensor r) {
    ofLabels.matrix(r, labels);
    nhsic.normalize(r, r);
  }

  private Square square(int m) {
    for (int i = 0; i < squares.size(); i++) {
      if (squares.get(i).shape.axis(0) == m) {
        return squares.get(i);
      }
    }
    Square made = Square.of(m);
    squares.add(made);
    return made;
  }

  /// The gradient of `tr(R_z M)` by the activation `z` that was measured last; `dz` like `z`.
  void gradient(Tensor dz, Tensor z, Tensor m) {
    Square s = square(m.axis(0));
    nhsic.gradient(s.rz, m);
    ofOutput.gradient(dz, s.rz, s.kz, z);
  }

  /// `R_x` of the batch, F64 `[m, m]`.
  Tensor rx() {
    return rx;
  }

  /// `R_y` of the batch, F64 `[m, m]`.
  Tensor ry() {
    return ry;
  }

  /// nHSIC(Z, X) of the last measurement.
  double hx() {
    return hx.get(0);
  }

  /// nHSIC(Z, Y) of the last measurement.
  double hy() {
    return hy.get(0);
  }
}
