/// Numbers in memory: tensors, shapes, element types, storage, and the interface by which random
/// numbers enter.
///
/// A tensor is always row-major and contiguous; a view is an offset and a shape on the same
/// storage, never a stride. Images are channels last, `[n, h, w, c]`; weights are `[out, kh, kw,
/// in]`. No arithmetic lives here: that is `dev.lamina.kernel`, and only there.
@NullMarked
package dev.lamina.tensor;

import org.jspecify.annotations.NullMarked;
