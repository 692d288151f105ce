package dev.lamina.golden;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// All `op_*` cases (`specs/operations.md`) on every tier.
class OperationsGoldenTest {
  @TestFactory
  Stream<DynamicTest> reference() {
    return GoldenCases.tests("op_*", Tier.REFERENCE, OperationCases::compute);
  }

  @TestFactory
  @Tag("widths")
  Stream<DynamicTest> vector() {
    return GoldenCases.tests("op_*", Tier.VECTOR, OperationCases::compute);
  }
}
