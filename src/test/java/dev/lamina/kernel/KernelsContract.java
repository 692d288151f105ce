package dev.lamina.kernel;

/// What every tier must do: each method of `Kernels` against the oracle, on all sizes.
///
/// A tier has one subclass; the tests are in the interfaces, one for each group of methods. Outputs
/// are poisoned, all tensors are views between guard cells, and where the contract allows "in
/// place" a call is also made so.
abstract class KernelsContract
    implements ProductContract,
        MatrixContract,
        MapContract,
        MapKernelsContract,
        NormalizationContract,
        RowContract,
        CompetitionContract,
        ElementContract,
        ActivationContract,
        ReductionContract,
        LossContract,
        PlasticityContract,
        OptimizerContract,
        RandomContract {
  private final Comparison comparison;

  KernelsContract(Kernels kernels, Sizes sizes) {
    this.comparison = new Comparison(kernels, sizes);
  }

  @Override
  public Comparison compare() {
    return comparison;
  }
}
