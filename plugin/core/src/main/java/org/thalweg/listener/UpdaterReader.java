package org.thalweg.listener;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.IUpdater;
import org.thalweg.curvature.StepSizeRule;
import org.thalweg.curvature.UpdateRule;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterLayout;

/** Reads how a network's updaters move its parameters. Changes nothing; must not be called while training runs. */
final class UpdaterReader {

    private final ParameterLayout layout;
    private final boolean copies;

    /**
     * @param layout of the network's flat vector
     * @param copies whether to copy the state that adaptive updaters divide by
     */
    UpdaterReader(ParameterLayout layout, boolean copies) {
        this.layout = layout;
        this.copies = copies;
    }

    /** One rule for each trainable parameter array. */
    List<UpdateRule> read(Model model, int iteration, int epoch) {
        Map<String, Layer> layers = NetworkLayout.layers(model);
        List<UpdateRule> rules = new ArrayList<>();
        for (ParameterBlock block : layout.trainable()) {
            int split = block.key().lastIndexOf('_');
            Layer layer = layers.get(block.key().substring(0, split));
            if (layer != null) {
                IUpdater updater = updater(layer, block.key().substring(split + 1));
                double learningRate =
                        updater.hasLearningRate() ? updater.getLearningRate(iteration, epoch) : Double.NaN;
                long end = block.flatOffset() + block.length();
                Optional<INDArray> state = copies ? state(model, block, updater, iteration, epoch) : Optional.empty();
                rules.add(new UpdateRule(block.flatOffset(), end, updater, learningRate, iteration, epoch, state));
            }
        }
        return rules;
    }

    private static IUpdater updater(Layer layer, String parameter) {
        return layer.conf().getLayer().getUpdaterByParam(parameter);
    }

    private static Optional<INDArray> state(
            Model model, ParameterBlock block, IUpdater updater, int iteration, int epoch) {
        return StepSizeRule.of(updater, iteration, epoch)
                .flatMap(StepSizeRule::state)
                .flatMap(name -> blocks(model).stream()
                        .filter(candidate -> candidate.getParamOffsetStart() <= block.flatOffset()
                                && candidate.getParamOffsetEnd() >= block.flatOffset() + block.length())
                        .findFirst()
                        .flatMap(owner -> copy(owner, name, block)));
    }

    private static Optional<INDArray> copy(UpdaterBlock owner, String name, ParameterBlock block) {
        if (owner.getGradientUpdater() == null) {
            return Optional.empty();
        }
        Object state = owner.getGradientUpdater().getState().get(name);
        if (!(state instanceof INDArray all)) {
            return Optional.empty();
        }
        long from = block.flatOffset() - owner.getParamOffsetStart();
        return Optional.of(all.reshape(all.length())
                .get(NDArrayIndex.interval(from, from + block.length()))
                .dup());
    }

    /** The blocks of the network's updater; none before the first update, which creates it. */
    private static List<UpdaterBlock> blocks(Model model) {
        Object updater = model instanceof MultiLayerNetwork network
                ? network.getUpdater(false)
                : ((ComputationGraph) model).getUpdater(false);
        return updater instanceof BaseMultiLayerUpdater<?> blocks ? blocks.getUpdaterBlocks() : List.of();
    }
}
