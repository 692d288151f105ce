package dev.lamina.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Which cell each position beyond a row of cells 0 to 3 shows.
class PaddingTest {
  private static List<Integer> sources(Padding.Mode mode) {
    Padding padding = new Padding(mode, 3);
    return IntStream.range(-3, 7).map(i -> padding.source(i, 4)).boxed().toList();
  }

  @Test
  void eachModeShowsItsCells() {
    assertEquals(List.of(-1, -1, -1, 0, 1, 2, 3, -1, -1, -1), sources(Padding.Mode.ZEROS));
    assertEquals(List.of(3, 2, 1, 0, 1, 2, 3, 2, 1, 0), sources(Padding.Mode.REFLECT));
    assertEquals(List.of(0, 0, 0, 0, 1, 2, 3, 3, 3, 3), sources(Padding.Mode.REPLICATE));
    assertEquals(List.of(1, 2, 3, 0, 1, 2, 3, 0, 1, 2), sources(Padding.Mode.CIRCULAR));
  }
}
