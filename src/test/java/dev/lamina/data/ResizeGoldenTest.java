package dev.lamina.data;

import dev.lamina.golden.GoldenCase;
import dev.lamina.golden.GoldenCases;
import dev.lamina.golden.Tier;
import dev.lamina.layer.Layout;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Resizing knows no tier; it must match bit for bit.
class ResizeGoldenTest {
  @TestFactory
  Stream<DynamicTest> bytes() {
    return GoldenCases.tests("fb_resize*", Tier.REFERENCE, ResizeGoldenTest::compute);
  }

  private static void compute(GoldenCase c) {
    Tensor outside = c.in("img");
    int[] chw = outside.shape().axes();
    int[] hwc = {chw[1], chw[2], chw[0]};
    int size = c.params().integer("size");
    Tensor inside = Layout.map().toInside(outside, Shape.of(hwc));
    byte[] resized = Resize.bilinear(inside.bytes(), hwc, size, size);
    Tensor got = Tensor.of(resized, size, size, hwc[2]);
    c.check("img", Layout.map().toOutside(got));
  }
}
