package dev.lamina.golden;

import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// Random numbers that were recorded: each stream plays its tensors step by step, from the first
/// again after the last.
///
/// @param recorded stream to its tensors, in Lamina's layout
record RecordedDraws(Map<String, List<Tensor>> recorded) implements Draws {
  @Override
  public void uniform(Tensor out, String stream, long step) {
    play(out, stream, step);
  }

  @Override
  public void normal(Tensor out, String stream, long step) {
    play(out, stream, step);
  }

  @Override
  public void keep(Tensor mask, double p, String stream, long step) {
    play(mask, stream, step);
  }

  @Override
  public void permutation(Tensor out, String stream, long step) {
    play(out, stream, step);
  }

  private void play(Tensor out, String stream, long step) {
    List<Tensor> tensors = recorded.get(stream);
    if (tensors == null) {
      throw new AssertionError("nothing was recorded for " + stream);
    }
    out.copyFrom(tensors.get((int) (step % tensors.size())));
  }
}
