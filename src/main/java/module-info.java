/// Lamina: a numeric library and trainer for learning without ordinary back-propagation.
///
/// Everything is exported but the tiers below `dev.lamina.kernel`, the configuration and the
/// command line.
module dev.lamina {
  requires ejml.core;
  requires ejml.ddense;
  requires info.picocli;
  requires java.desktop;
  requires java.net.http;
  requires jdk.incubator.vector;
  requires org.snakeyaml.engine;
  requires tools.jackson.core;
  requires static transitive org.jspecify;

  exports dev.lamina.analyze;
  exports dev.lamina.data;
  exports dev.lamina;
  exports dev.lamina.kernel;
  exports dev.lamina.kernel.tier;
  exports dev.lamina.layer;
  exports dev.lamina.linalg;
  exports dev.lamina.loss;
  exports dev.lamina.measure;
  exports dev.lamina.optim;
  exports dev.lamina.model;
  exports dev.lamina.network;
  exports dev.lamina.rule;
  exports dev.lamina.rule.objective;
  exports dev.lamina.rule.plasticity;
  exports dev.lamina.rule.transport;
  exports dev.lamina.tensor;
  exports dev.lamina.train;

  uses dev.lamina.network.Vocabulary;

  provides dev.lamina.network.Vocabulary with
      dev.lamina.rule.BuiltInRules;

  opens dev.lamina.app to
      info.picocli;
}
