module ejml.core {
  requires static java.desktop;

  exports org.ejml;
  exports org.ejml.concurrency;
  exports org.ejml.data;
  exports org.ejml.interfaces;
  exports org.ejml.interfaces.decomposition;
  exports org.ejml.interfaces.linsol;
  exports org.ejml.masks;
  exports org.ejml.ops;
  exports org.ejml.sparse;
  exports pabeles.concurrency;
}
