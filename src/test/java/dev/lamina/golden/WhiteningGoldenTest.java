package dev.lamina.golden;

import dev.lamina.data.Whitening;
import dev.lamina.layer.Layout;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

class WhiteningGoldenTest {
  @TestFactory
  Stream<DynamicTest> reference() {
    return GoldenCases.tests("sh_zca*", Tier.REFERENCE, WhiteningGoldenTest::compute);
  }

  @Tag("widths")
  @TestFactory
  Stream<DynamicTest> vector() {
    return GoldenCases.tests("sh_zca*", Tier.VECTOR, WhiteningGoldenTest::compute);
  }

  private static void compute(GoldenCase c) {
    Tensor x = c.map("x");
    Whitening whitening =
        Whitening.fit(c.kernels(), x, c.params().numbers("mean"), c.params().numbers("std"));
    Tensor y = Tensor.zeros(x.type(), x.shape());
    whitening.apply(c.kernels(), y, x);
    c.checkMap("y", y);
    c.check("z", bothAxesOutside(whitening.matrix(), x.shape().sample()));
  }

  /// Z runs over flattened maps on both axes: rows, then columns by its symmetry.
  private static Tensor bothAxesOutside(Tensor z, Shape map) {
    Layout flattened = new Layout.Flattened(map);
    return flattened.toOutside(transposed(flattened.toOutside(z)));
  }

  private static Tensor transposed(Tensor z) {
    int d = z.axis(0);
    Tensor t = Tensor.zeros(z.type(), z.shape());
    for (int i = 0; i < d * d; i++) {
      t.set(i % d * d + i / d, z.get(i));
    }
    return t;
  }
}
