package dev.lamina.golden;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// What enters a training from outside, on every tier.
class DataGoldenTest {
  @TestFactory
  Stream<DynamicTest> reference() {
    return tests(Tier.REFERENCE);
  }

  @TestFactory
  @Tag("widths")
  Stream<DynamicTest> vector() {
    return tests(Tier.VECTOR);
  }

  private static Stream<DynamicTest> tests(Tier tier) {
    return Stream.concat(
        GoldenCases.tests("ph_cifar_transform", tier, DataCases::transform),
        GoldenCases.tests("hb_init_seeded", tier, DataCases::seeded));
  }
}
