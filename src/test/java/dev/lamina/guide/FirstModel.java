package dev.lamina.guide;

import dev.lamina.Lamina;
import dev.lamina.model.Model;
import java.nio.file.Path;
import java.util.Random;

/// Learns to tell four noisy patterns apart, saves the model, loads it and predicts.
public final class FirstModel {
  public static void main(String[] args) {
    Random random = new Random(1);
    float[][] x = new float[800][16];
    int[] y = new int[800];
    for (int i = 0; i < x.length; i++) {
      y[i] = i % 4;
      for (int j = 0; j < 16; j++) {
        x[i][j] = (j / 4 == y[i] ? 0.7f : 0.1f) + 0.2f * random.nextFloat();
      }
    }

    Model model = Lamina.softHebb(32).radius(2).epochs(4, 40).fit(x, y);
    Path file = Path.of(args.length > 0 ? args[0] : "patterns.safetensors");
    model.save(file);

    Model loaded = Model.load(file);
    int[] classes = loaded.predict(x);
    float[][] probabilities = loaded.predictProbabilities(x);
    float[][] features = loaded.transform(x);
    System.out.printf(
        "class %d with probability %.2f from %d features; accuracy %.3f%n",
        classes[0], probabilities[0][classes[0]], features[0].length, loaded.score(x, y));
  }
}
