package dev.lamina.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/// The sizes of a tensor's axes, outermost first.
///
/// A shape without axes holds one element; an axis of 0 gives an empty tensor. The number of
/// elements is at most 2³¹-1.
public final class Shape {
  private final int[] axes;
  private final int size;

  private Shape(int[] axes) {
    this.axes = axes;
    long product = 1;
    for (int axis : axes) {
      if (axis < 0) {
        throw new IllegalArgumentException("negative axis in shape " + Arrays.toString(axes));
      }
      product *= axis;
      if (product > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(axes) + " has more than 2^31-1 elements");
      }
    }
    this.size = (int) product;
  }

  /// The shape with these axes.
  public static Shape of(int... axes) {
    return new Shape(axes.clone());
  }

  /// The number of axes.
  public int rank() {
    return axes.length;
  }

  /// The size of axis `i`; negative `i` counts from the end (-1 is the last axis).
  public int axis(int i) {
    return axes[i < 0 ? axes.length + i : i];
  }

  /// The number of elements.
  public int size() {
    return size;
  }

  /// A copy of the axes.
  public int[] axes() {
    return axes.clone();
  }

  /// This shape with another first axis: `[n, ...]` of a sample shape's batch.
  public Shape withFirst(int n) {
    int[] changed = axes.clone();
    changed[0] = n;
    return new Shape(changed);
  }

  /// This shape with one more axis in front: `[n, axes...]`.
  public Shape batch(int n) {
    int[] longer = new int[axes.length + 1];
    longer[0] = n;
    System.arraycopy(axes, 0, longer, 1, axes.length);
    return new Shape(longer);
  }

  /// This shape without its first axis: the shape of one sample of a batch.
  public Shape sample() {
    return new Shape(Arrays.copyOfRange(axes, 1, axes.length));
  }

  /// The product of the axes from `from` (inclusive) to `to` (exclusive).
  public int span(int from, int to) {
    int product = 1;
    for (int i = from; i < to; i++) {
      product *= axes[i];
    }
    return product;
  }

  /// The number of rows when all axes but the last are seen as one.
  public int rows() {
    return span(0, axes.length - 1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape s && Arrays.equals(axes, s.axes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(axes);
  }

  /// The axes in brackets, for example `[64, 28, 28, 1]`.
  @Override
  public String toString() {
    return Arrays.stream(axes)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
