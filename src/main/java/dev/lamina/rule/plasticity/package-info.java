/// Rules that need no error: neurons compete, and each moves towards what it won.
///
/// `SoftHebb` is the rule in all its forms; `WeightStatistics` and `NeuronLabels` measure what it
/// learned. Supervision, where there is any, is a one-hot competition.
@NullMarked
package dev.lamina.rule.plasticity;

import org.jspecify.annotations.NullMarked;
