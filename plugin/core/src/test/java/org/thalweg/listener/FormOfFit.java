package org.thalweg.listener;

import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingGraphTrainer;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/** The ways in which Deeplearning4j trains a network, each over the same batches. */
enum FormOfFit {
    ITERATOR {
        @Override
        void train(Model model, List<DataSet> batches) {
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                ((NeuralNetwork) model).fit(iterator(batches));
            }
        }
    },
    ITERATOR_AND_EPOCHS {
        @Override
        void train(Model model, List<DataSet> batches) {
            if (model instanceof MultiLayerNetwork network) {
                network.fit(iterator(batches), EPOCHS);
            } else {
                ((ComputationGraph) model).fit(iterator(batches), EPOCHS);
            }
        }
    },
    DATA_SET {
        @Override
        void train(Model model, List<DataSet> batches) {
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                batches.forEach(((NeuralNetwork) model)::fit);
            }
        }
    },
    ARRAYS {
        @Override
        void train(Model model, List<DataSet> batches) {
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                for (DataSet batch : batches) {
                    if (model instanceof MultiLayerNetwork network) {
                        network.fit(batch.getFeatures(), batch.getLabels());
                    } else {
                        ((ComputationGraph) model)
                                .fit(new INDArray[] {batch.getFeatures()}, new INDArray[] {batch.getLabels()});
                    }
                }
            }
        }
    },
    MULTI_DATA_SET {
        @Override
        void train(Model model, List<DataSet> batches) {
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                batches.forEach(batch -> ((NeuralNetwork) model).fit(batch.toMultiDataSet()));
            }
        }
    },
    MULTI_DATA_SET_ITERATOR {
        @Override
        void train(Model model, List<DataSet> batches) {
            MultiDataSetIterator iterator = new MultiDataSetIteratorAdapter(iterator(batches));
            if (model instanceof MultiLayerNetwork network) {
                network.fit(iterator, EPOCHS);
            } else {
                ((ComputationGraph) model).fit(iterator, EPOCHS);
            }
        }
    },
    EARLY_STOPPING {
        @Override
        void train(Model model, List<DataSet> batches) {
            if (model instanceof MultiLayerNetwork network) {
                new EarlyStoppingTrainer(
                                FormOfFit.<MultiLayerNetwork>untilLastEpoch(batches), network, iterator(batches))
                        .fit();
            } else {
                new EarlyStoppingGraphTrainer(
                                FormOfFit.<ComputationGraph>untilLastEpoch(batches),
                                (ComputationGraph) model,
                                iterator(batches))
                        .fit();
            }
        }
    };

    static final int EPOCHS = 2;

    /** Trains over the batches {@link #EPOCHS} times. */
    abstract void train(Model model, List<DataSet> batches);

    static DataSetIterator iterator(List<DataSet> batches) {
        return new ListDataSetIterator<>(
                DataSet.merge(batches).asList(), batches.get(0).numExamples());
    }

    private static <T extends Model> EarlyStoppingConfiguration<T> untilLastEpoch(List<DataSet> batches) {
        return new EarlyStoppingConfiguration.Builder<T>()
                .epochTerminationConditions(new MaxEpochsTerminationCondition(EPOCHS))
                .scoreCalculator(new DataSetLossCalculator(iterator(batches), true))
                .build();
    }
}
