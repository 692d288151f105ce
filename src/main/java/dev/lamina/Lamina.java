package dev.lamina;

/// Where a Java program begins: classifiers that learn from arrays.
///
/// ```java
/// Model model = Lamina.softHebb(2000).fit(x, y);   // x: one sample a row, y: its class
/// int[] classes = model.predict(unseen);
/// ```
public final class Lamina {
  private Lamina() {}

  /// A classifier whose hidden layer of `neurons` learns without labels, by SoftHebb, and whose
  /// linear head learns from labels.
  ///
  /// @param neurons hidden neurons, ≥ 1; 2000 give 96 % on MNIST
  public static SoftHebbClassifier softHebb(int neurons) {
    return new SoftHebbClassifier(neurons);
  }
}
