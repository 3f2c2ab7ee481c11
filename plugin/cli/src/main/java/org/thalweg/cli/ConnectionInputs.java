package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.data.ProbeReader;
import org.thalweg.data.ProbeReader.Part;
import org.thalweg.data.SavedNetwork;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterKind;
import org.thalweg.objective.Probe;

/**
 * Two networks that a curve can connect, and the examples for it.
 *
 * @param networks both, of one architecture
 * @param training examples that the curve is trained on
 * @param held examples that it is not trained on
 */
record ConnectionInputs(List<SavedNetwork> networks, Probe training, Probe held) {

    /** Fewer leave nothing to train on. */
    private static final int LEAST_EXAMPLES = 8;

    /** Where all examples are of one file, at least so many times as many are trained on as are set aside. */
    private static final int TRAINING_SHARE = 3;

    /**
     * Reads everything.
     *
     * @param models files of both networks
     * @param notes receives messages for the user
     * @throws IOException naming the file that cannot be read or does not fit
     */
    static ConnectionInputs read(ConnectOptions options, List<Path> models, PrintWriter notes) throws IOException {
        List<SavedNetwork> networks = new ArrayList<>();
        for (Path file : models) {
            networks.add(ModelFiles.read(file, options.classes.allowed(), notes));
        }
        SavedNetwork.requireSame(networks);
        requireTwo(networks.get(0), networks.get(1));
        Model model = networks.get(0).model();
        return options.data.validation == null
                ? setAside(options, networks, model)
                : validated(options, networks, model);
    }

    private static void requireTwo(SavedNetwork first, SavedNetwork second) throws IOException {
        for (SavedNetwork network : List.of(first, second)) {
            if (!InnerProducts.isFinite(network.model().params())) {
                throw new IOException(network.file()
                        + " has parameters that are not finite or whose norm is not: no path leads to it");
            }
        }
        requireDistance(first, second);
        INDArray a = first.model().params();
        INDArray b = second.model().params();
        boolean moves = false;
        for (ParameterBlock block : NetworkLayout.of(first.model()).blocks()) {
            boolean same = block.ofFlat(a).equalsWithEps(block.ofFlat(b), 0);
            if (!same && !block.trainable() && block.kind() != ParameterKind.STATISTIC) {
                throw new IOException("the frozen " + block.key() + " of " + second.file() + " is not that of "
                        + first.file() + ": a curve moves only what is trained");
            }
            moves |= !same && block.trainable();
        }
        if (!moves) {
            throw new IOException(second.file() + " has the same weights as " + first.file()
                    + ": give two networks that were trained apart");
        }
    }

    /** Directions are as long as the networks are apart, so that this length must be a number of their type. */
    private static void requireDistance(SavedNetwork first, SavedNetwork second) throws IOException {
        INDArray a = first.model().params();
        INDArray b = second.model().params();
        try (INDArray between = b.sub(a)) {
            if (!Double.isFinite(InnerProducts.norm(between))) {
                throw new IOException("the distance of " + first.file() + " and " + second.file()
                        + " is not finite: their parameters are too large");
            }
        }
    }

    private static ConnectionInputs validated(ConnectOptions options, List<SavedNetwork> networks, Model model)
            throws IOException {
        DataOptions data = options.data;
        Probe training = read(data, data.data, Part.TRAINING, model, options.examples, options.seed);
        Probe held = read(data, String.valueOf(data.validation), Part.VALIDATION, model, data.probe, options.seed);
        int common = common(training, held);
        if (2 * common > held.size()) {
            throw new IOException(common + " of the " + held.size() + " examples of --validation " + data.validation
                    + " are also those that the curve is trained on: give others, or leave --validation out to set some"
                    + " aside");
        }
        return new ConnectionInputs(networks, training, held);
    }

    private static ConnectionInputs setAside(ConnectOptions options, List<SavedNetwork> networks, Model model)
            throws IOException {
        DataOptions data = options.data;
        Probe all = read(
                data,
                data.data,
                Part.TRAINING,
                model,
                (int) Math.min(Integer.MAX_VALUE, (long) options.examples + data.probe),
                options.seed);
        if (all.size() < LEAST_EXAMPLES) {
            throw new IOException("--data " + data.data + " must have at least " + LEAST_EXAMPLES
                    + " examples to train a curve and to set some aside, it has " + all.size());
        }
        int held = Math.min(data.probe, all.size() / (1 + TRAINING_SHARE));
        int[] order = new PermutationSampler(
                        RandomSource.XO_RO_SHI_RO_128_PP.create(options.seed), all.size(), all.size())
                .sample();
        int trained = Math.min(options.examples, all.size() - held);
        return new ConnectionInputs(
                networks,
                all.select(Arrays.copyOfRange(order, held, held + trained)).from(trained + " of " + all.source()),
                all.select(Arrays.copyOf(order, held)).from(held + " of " + all.source()));
    }

    private static Probe read(DataOptions options, String data, Part part, Model model, int size, long seed)
            throws IOException {
        return ProbeReader.read(Path.of(data), part, model, size, seed, options.images());
    }

    /** Number of the held-out examples whose features are also those of a training example. */
    private static int common(Probe training, Probe held) {
        Set<Integer> known = new HashSet<>();
        for (int i = 0; i < training.size(); i++) {
            known.add(digest(training, i));
        }
        return (int) IntStream.range(0, held.size())
                .filter(i -> known.contains(digest(held, i)))
                .count();
    }

    private static int digest(Probe probe, int example) {
        int digest = 1;
        for (INDArray features : probe.range(example, example + 1).features()) {
            digest = 31 * digest + Arrays.hashCode(features.dup('c').data().asDouble());
        }
        return digest;
    }
}
