package org.thalweg.objective.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.objective.UnsupportedNetworkException;

/**
 * DL4J's penalties for each parameter array: {@code l1 sum |w| + l2/2 sum w^2}, where weight decay is the second term.
 *
 * @param terms one for each array with a penalty
 */
public record Regularizer(List<Term> terms) {

    public Regularizer {
        terms = List.copyOf(terms);
    }

    /** The penalty of one array. */
    public record Term(ParameterBlock block, double l1, double l2) {}

    /** No penalties. */
    public static final Regularizer NONE = new Regularizer(List.of());

    /**
     * The penalties of a network.
     *
     * @throws UnsupportedNetworkException for a penalty of another kind, or one on a schedule
     */
    public static Regularizer of(Model model, ParameterLayout layout) {
        List<Term> terms = new ArrayList<>();
        Map<String, List<Regularization>> penalties = penalties(model);
        for (ParameterBlock block : layout.trainable()) {
            List<Regularization> ofBlock = penalties.getOrDefault(block.key(), List.of());
            if (!ofBlock.isEmpty()) {
                terms.add(term(block, ofBlock));
            }
        }
        return new Regularizer(terms);
    }

    /** By the key of the array; the names of both vertices and arrays may contain underscores. */
    private static Map<String, List<Regularization>> penalties(Model model) {
        Map<String, List<Regularization>> penalties = new HashMap<>();
        NetworkLayout.trainables(model).forEach((id, part) -> {
            for (String name : part.paramTable(false).keySet()) {
                List<Regularization> ofArray = part instanceof Layer layer
                        ? layer.conf().getLayer().getRegularizationByParam(name)
                        : part.getConfig().getRegularizationByParam(name);
                if (ofArray != null) {
                    penalties.put(id + "_" + name, ofArray);
                }
            }
        });
        return penalties;
    }

    private static Term term(ParameterBlock block, List<Regularization> penalties) {
        double l1 = 0;
        double l2 = 0;
        for (Regularization penalty : penalties) {
            if (penalty instanceof L1Regularization first) {
                l1 += fixed(block, first.getL1());
            } else if (penalty instanceof L2Regularization second) {
                l2 += fixed(block, second.getL2());
            } else if (penalty instanceof WeightDecay decay) {
                l2 += fixed(block, decay.getCoeff());
            } else {
                throw new UnsupportedNetworkException(
                        block.key(), "has the penalty " + penalty.getClass().getName() + ", which is not supported");
            }
        }
        return new Term(block, l1, l2);
    }

    private static double fixed(ParameterBlock block, @Nullable ISchedule schedule) {
        if (!(schedule instanceof FixedSchedule)) {
            throw new UnsupportedNetworkException(
                    block.key(), "has a penalty on a schedule, so the loss is not a fixed function");
        }
        return schedule.valueAt(0, 0);
    }

    /** The penalty at packed parameters. */
    public double value(INDArray theta) {
        double value = 0;
        for (Term term : terms) {
            INDArray weights = term.block().packed(theta);
            double absolute = 0;
            double squares = 0;
            double[] elements = weights.dup('c').data().asDouble();
            for (double weight : elements) {
                absolute += Math.abs(weight);
                squares += weight * weight;
            }
            value += term.l1() * absolute + 0.5 * term.l2() * squares;
        }
        return value;
    }

    /** Adds the penalty's gradient to a packed vector; the derivative of |w| at 0 is 0. */
    public void addGradient(INDArray theta, INDArray gradient) {
        for (Term term : terms) {
            INDArray weights = term.block().packed(theta);
            INDArray target = term.block().packed(gradient);
            target.addi(weights.mul(term.l2()));
            if (term.l1() != 0) {
                target.addi(Transforms.sign(weights, true).muli(term.l1()));
            }
        }
    }

    /** Adds the product of the penalty's Hessian with a packed direction to a packed vector. */
    public void addProduct(INDArray direction, INDArray product) {
        for (Term term : terms) {
            term.block().packed(product).addi(term.block().packed(direction).mul(term.l2()));
        }
    }
}
