package dev.lamina.golden;

import dev.lamina.layer.Projection;
import dev.lamina.network.Described;
import dev.lamina.network.Settings;
import dev.lamina.tensor.Tensor;
import java.util.Map;

/// The rules of the `fb_*` cases by their names in the literature, and the setting of what they
/// own.
final class FeedbackRules {
  private FeedbackRules() {}

  /// The rule of a mode.
  ///
  /// @param init `xavier` or `default`
  static Described rule(String mode, String init, Settings options) {
    String law = init.equals("default") ? "fan-in" : init;
    return new Described(mode, mode.equals("bp") ? options : options.with("initial", law));
  }

  /// What a mode calls the tensor that it owns.
  static String owned(String mode) {
    return switch (mode) {
      case "frsf", "brsf" -> "magnitude";
      default -> "feedback";
    };
  }

  /// Sets what a rule owns at a projection from its layout outside; magnitudes lose their signs.
  ///
  /// @param state the live state of the learning
  static void set(Map<String, Tensor> state, String name, Projection p, Tensor outside) {
    Tensor live = state.get(name);
    live.copyFrom(p.weight().layout().toInside(outside, live.shape()));
    for (int i = 0; name.endsWith("magnitude") && i < live.size(); i++) {
      live.set(i, Math.abs(live.get(i)));
    }
  }

  /// A tensor that a rule owns, in its layout outside.
  static Tensor get(Map<String, Tensor> state, String name, Projection p) {
    return p.weight().layout().toOutside(state.get(name));
  }
}
