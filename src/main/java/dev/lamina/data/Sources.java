package dev.lamina.data;

import dev.lamina.tensor.Shape;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/// The published data sets: sizes and sums as their authors or TensorFlow Datasets state them.
final class Sources {
  private static final String[] IDX_NAMES = {
    "train-images-idx3-ubyte.gz",
    "train-labels-idx1-ubyte.gz",
    "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz"
  };
  private static final Shape GREY = Shape.of(28, 28, 1);
  private static final Shape COLOUR = Shape.of(32, 32, 3);
  private static final String TORONTO = "https://www.cs.toronto.edu/~kriz/";
  private static final String CIFAR_TERMS =
      "no licence stated; cite Krizhevsky 2009, Learning multiple layers of features from tiny"
          + " images";

  static final List<Source> ALL = List.of(mnist(), fashionMnist(), kmnist(), cifar10(), cifar100());

  private Sources() {}

  private static Source mnist() {
    return idx(
        "mnist",
        "MNIST, handwritten digits",
        "CC BY-SA 3.0; LeCun, Cortes, Burges",
        Dataset.numbers(10),
        List.of(
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/"),
        new long[] {9_912_422, 28_881, 1_648_877, 4_542},
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6");
  }

  private static Source fashionMnist() {
    return idx(
        "fashion-mnist",
        "Fashion-MNIST, pictures of clothes",
        "MIT; Zalando SE",
        List.of(
            "T-shirt/top",
            "trouser",
            "pullover",
            "dress",
            "coat",
            "sandal",
            "shirt",
            "sneaker",
            "bag",
            "ankle boot"),
        List.of(
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
        new long[] {26_421_880, 29_515, 4_422_102, 5_148},
        "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
        "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
        "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
        "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5");
  }

  private static Source kmnist() {
    return idx(
        "kmnist",
        "Kuzushiji-MNIST, cursive Japanese characters",
        "CC BY-SA 4.0; ROIS-DS Center for Open Data in the Humanities",
        List.of("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"),
        List.of(
            "https://codh.rois.ac.jp/kmnist/dataset/kmnist/",
            "http://codh.rois.ac.jp/kmnist/dataset/kmnist/"),
        new long[] {18_165_135, 29_497, 3_041_136, 5_120},
        "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4",
        "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17",
        "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5",
        "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c");
  }

  private static Source cifar10() {
    long bytes = 30_730_000;
    return new Source(
        "cifar-10",
        "CIFAR-10, small photographs",
        CIFAR_TERMS,
        Source.Format.CIFAR_10,
        COLOUR,
        List.of(
            "airplane",
            "automobile",
            "bird",
            "cat",
            "deer",
            "dog",
            "frog",
            "horse",
            "ship",
            "truck"),
        List.of(
            archive(
                "cifar-10-binary.tar.gz",
                170_052_171,
                "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")),
        List.of(
            part(
                "data_batch_1.bin",
                bytes,
                "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
            part(
                "data_batch_2.bin",
                bytes,
                "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
            part(
                "data_batch_3.bin",
                bytes,
                "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
            part(
                "data_batch_4.bin",
                bytes,
                "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
            part(
                "data_batch_5.bin",
                bytes,
                "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"),
            part(
                "test_batch.bin",
                bytes,
                "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b")));
  }

  private static Source cifar100() {
    return new Source(
        "cifar-100",
        "CIFAR-100, small photographs of 100 kinds",
        CIFAR_TERMS,
        Source.Format.CIFAR_100,
        COLOUR,
        Arrays.asList(CIFAR_100_CLASSES.strip().split("\\s+")),
        List.of(
            archive(
                "cifar-100-binary.tar.gz",
                168_513_733,
                "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec")),
        List.of(
            part(
                "train.bin",
                153_700_000,
                "f31298fc616915fa142368359df1c4ca2ae984d6915ca468b998a5ec6aeebf29"),
            part(
                "test.bin",
                30_740_000,
                "d8b1e6b7b3bee4020055f0699b111f60b1af1e262aeb93a0b659061746f8224a")));
  }

  private static Source idx(
      String name,
      String title,
      String terms,
      List<String> classes,
      List<String> mirrors,
      long[] bytes,
      String... sums) {
    DataFile[] files = new DataFile[4];
    for (int i = 0; i < 4; i++) {
      String file = IDX_NAMES[i];
      List<URI> from = mirrors.stream().map(mirror -> URI.create(mirror + file)).toList();
      files[i] = new DataFile(file, bytes[i], sums[i], from);
    }
    return new Source(
        name, title, terms, Source.Format.IDX, GREY, classes, List.of(files), List.of());
  }

  private static DataFile archive(String name, long bytes, String sha256) {
    return new DataFile(name, bytes, sha256, List.of(URI.create(TORONTO + name)));
  }

  private static DataFile part(String name, long bytes, String sha256) {
    return new DataFile(name, bytes, sha256, List.of());
  }

  private static final String CIFAR_100_CLASSES =
      """
      apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle
      bowl boy bridge bus butterfly camel can castle caterpillar cattle
      chair chimpanzee clock cloud cockroach couch crab crocodile cup dinosaur
      dolphin elephant flatfish forest fox girl hamster house kangaroo keyboard
      lamp lawn_mower leopard lion lizard lobster man maple_tree motorcycle mountain
      mouse mushroom oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree
      plain plate poppy porcupine possum rabbit raccoon ray road rocket
      rose sea seal shark shrew skunk skyscraper snail snake spider
      squirrel streetcar sunflower sweet_pepper table tank telephone television tiger tractor
      train trout tulip turtle wardrobe whale willow_tree wolf woman worm
      """;
}
