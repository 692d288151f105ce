package dev.lamina.golden;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// Cases of single layers and blocks (`specs/phsic.md`, 5 and 8; `specs/hsic-bottleneck.md`, 6) on
/// every tier.
class LayersGoldenTest {
  static final String PATTERN = "{ph_group_div,ph_activation_dropout,ph_spatial_dropout,hb_block}*";

  @TestFactory
  Stream<DynamicTest> reference() {
    return GoldenCases.tests(PATTERN, Tier.REFERENCE, LayerCases::compute);
  }

  @TestFactory
  @Tag("widths")
  Stream<DynamicTest> vector() {
    return GoldenCases.tests(PATTERN, Tier.VECTOR, LayerCases::compute);
  }
}
