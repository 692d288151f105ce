package dev.lamina.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A linear axis: a range of values, the pixels it is drawn on, and round numbers for its ticks.
///
/// @param low value at `from`
/// @param high value at `to`
/// @param from pixel of `low`
/// @param to pixel of `high`
record Axis(double low, double high, double from, double to) {
  private static final double[] STEPS = {1, 2, 2.5, 5, 10};

  /// An axis for these values, widened to its ticks; `zero` is part of it if it is near.
  static Axis around(double least, double most, double from, double to) {
    double span = most - least;
    double low = least >= 0 && least < 0.6 * most ? 0 : least;
    double high = most;
    if (!(span > 0)) {
      high = low + Math.max(1, Math.abs(low) * 0.1);
    }
    double step = step(high - low, 5);
    return new Axis(
        Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step, from, to);
  }

  double pixel(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  /// Round values from `low` to `high`, about five.
  List<Double> ticks() {
    double step = step(high - low, 5);
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /// A tick's value with as many decimals as its step needs.
  String label(double value) {
    double step = step(high - low, 5);
    int decimals = 0;
    for (double s = step; decimals < 6 && Math.abs(s - Math.rint(s)) > 1e-9 * step; s *= 10) {
      decimals++;
    }
    return String.format(Locale.ROOT, "%,." + decimals + "f", value == 0 ? 0 : value);
  }

  private static double step(double span, int count) {
    double raw = span / count;
    double power = StrictMath.pow(10, Math.floor(StrictMath.log10(raw)));
    for (double s : STEPS) {
      if (s * power >= raw * (1 - 1e-9)) {
        return s * power;
      }
    }
    return 10 * power;
  }
}
