/// The tier `vector`: the contract `Kernels` by `jdk.incubator.vector` at 128, 256 or 512 bits.
///
/// Here live the thread pool of the tier, its scratch memory and its kernels, each a small final
/// class with static methods on arrays; `VectorKernels` only checks sizes and picks one. F64
/// tensors are answered by the tier `reference`. Nothing here may decide a bit by the vector width,
/// the number of threads or the state of compilation: blocks, partial sums and splits follow from
/// shapes alone.
@NullMarked
package dev.lamina.kernel.vector;

import org.jspecify.annotations.NullMarked;
