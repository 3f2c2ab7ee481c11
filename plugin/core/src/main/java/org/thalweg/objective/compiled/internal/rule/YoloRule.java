package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.objective.compiled.internal.kernel.BoxTargeting;
import org.thalweg.objective.compiled.internal.kernel.BoxTargets;
import org.thalweg.objective.compiled.internal.kernel.ComposedFunction;
import org.thalweg.objective.compiled.internal.kernel.FirstMaximum;
import org.thalweg.objective.compiled.internal.kernel.FixedScaling;
import org.thalweg.objective.compiled.internal.kernel.Jet;
import org.thalweg.objective.compiled.internal.kernel.Maximum;
import org.thalweg.objective.compiled.spi.ElementwiseFunction;
import org.thalweg.objective.compiled.spi.ElementwiseKernel;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.UnaryFunction;
import org.thalweg.objective.compiled.spi.Value;

/**
 * Boxes around objects in the cells of a grid (J. Redmon and A. Farhadi, "YOLO9000: Better, faster, stronger", 2017),
 * with the loss of DL4J's score: among the boxes that a cell predicts, the one that overlaps the labelled box best is
 * compared with it and its class, and its confidence with that overlap (intersection over union); the confidence of the
 * others is compared with zero. The overlap is a function of the parameters, so its derivatives count. The choice of
 * the best box is constant wherever there is a derivative. Masks of labels are ignored.
 */
public final class YoloRule implements LayerRule {

    private static final int BOX = 4;
    /** Axis of the boxes in arrays {@code [height, width, boxes, ...]}. */
    private static final int BOXES = 2;

    private static final int LAST = 3;

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(Yolo2OutputLayer.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        Yolo2OutputLayer layer = scope.as(Yolo2OutputLayer.class);
        long height = scope.images(input).size(0);
        long width = input.size(1);
        long boxes = layer.getBoundingBoxes().size(0);
        long size = input.channels() / boxes;
        if (input.channels() % boxes != 0 || size <= BOX + 1) {
            throw scope.unsupported(
                    "expects 5 channels and those of classes for each of " + boxes + " boxes, got " + input);
        }
        Value labels = scope.labels(height, width, size - 1);
        Value classes = scope.reshape(scope.slice(labels, 2, BOX, size - 1), height, width, 1, size - 1 - BOX);
        Value targets = scope.reshape(
                scope.step(new BoxTargeting(), labels, height, width, BoxTargets.SIZE),
                height,
                width,
                1,
                BoxTargets.SIZE);
        Value predicted = scope.reshape(input, height, width, boxes, size);
        Value centres = function(scope, UnaryFunction.SIGMOID, scope.slice(predicted, LAST, 0, 2));
        Value confidence = function(scope, UnaryFunction.SIGMOID, scope.slice(predicted, LAST, BOX, BOX + 1));
        Value roots = roots(scope, layer, scope.slice(predicted, LAST, 2, BOX));
        Value overlap = overlap(scope, centres, scope.multiply(roots, roots), targets);
        Value best = scope.step(new FirstMaximum(BOXES), overlap, overlap.shape());
        Value responsible = scope.multiply(best, target(scope, targets, BoxTargets.PRESENT, 1));

        BoxLosses losses = new BoxLosses(scope);
        Value held = scope.combine(
                List.of(
                        losses.of(layer.getLossPositionScale(), centres, target(scope, targets, BoxTargets.CENTRE, 2)),
                        losses.of(layer.getLossPositionScale(), roots, target(scope, targets, BoxTargets.ROOTS, 2)),
                        losses.ofClasses(
                                layer.getLossClassPredictions(), scope.slice(predicted, LAST, BOX + 1, size), classes)),
                layer.getLambdaCoord(),
                layer.getLambdaCoord(),
                1);
        Value ofBoxes = scope.multiply(held, scope.reshape(responsible, height, width, boxes));
        Value ofConfidence = confidence(scope, layer.getLambdaNoObj(), confidence, overlap, responsible);
        return scope.added(scope.combine(List.of(ofBoxes, ofConfidence), 1, 1));
    }

    /** The square roots of predicted widths and heights: the priors' square roots times exp(t / 2). */
    private static Value roots(LayerScope scope, Yolo2OutputLayer layer, Value t) {
        double[] priors =
                layer.getBoundingBoxes().castTo(DataType.DOUBLE).dup('c').data().asDouble();
        double[] factors = new double[priors.length];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = Math.sqrt(priors[i]);
        }
        Value powers = function(scope, UnaryFunction.EXP, scope.combine(List.of(t), 0.5));
        return scope.step(new FixedScaling(factors, factors.length / 2, 2), powers, powers.shape());
    }

    /** Intersection over union with the labelled box, {@code [height, width, boxes, 1]}; 0 where there is none. */
    private static Value overlap(LayerScope scope, Value centres, Value sizes, Value targets) {
        Value start = maximum(
                scope, scope.combine(List.of(centres, sizes), 1, -0.5), target(scope, targets, BoxTargets.START, 2));
        Value negatedEnd = maximum(
                scope,
                scope.combine(List.of(centres, sizes), -1, -0.5),
                target(scope, targets, BoxTargets.NEGATED_END, 2));
        Value common = function(scope, UnaryFunction.RELU, scope.combine(List.of(start, negatedEnd), -1, -1));
        Value object = target(scope, targets, BoxTargets.OBJECT, 1);
        Value intersection = scope.multiply(area(scope, common), object);
        Value union = scope.combine(
                List.of(
                        scope.multiply(area(scope, sizes), object),
                        target(scope, targets, BoxTargets.AREA, 1),
                        intersection),
                1,
                1,
                -1);
        Value share = scope.elementwise(new ElementwiseKernel(ComposedFunction.smooth(Jet::reciprocal)), union);
        return scope.multiply(scope.multiply(intersection, share), object);
    }

    /** (c - o r)^2, times lambda where r is 0. */
    private static Value confidence(
            LayerScope scope, double lambda, Value confidence, Value overlap, Value responsible) {
        Value error = scope.combine(List.of(confidence, scope.multiply(overlap, responsible)), 1, -1);
        Value weight = scope.elementwise(
                new ElementwiseKernel(
                        ComposedFunction.linear(r -> r.times(1 - lambda).plus(lambda))),
                responsible);
        Value weighted = scope.multiply(scope.multiply(error, error), weight);
        return scope.sum(weighted, LAST);
    }

    private static Value area(LayerScope scope, Value sides) {
        return scope.multiply(scope.slice(sides, LAST, 0, 1), scope.slice(sides, LAST, 1, 2));
    }

    private static Value target(LayerScope scope, Value targets, int first, int count) {
        return scope.slice(targets, LAST, first, first + count);
    }

    private static Value maximum(LayerScope scope, Value x, Value y) {
        return scope.step(new Maximum(2), List.of(x, y), x.shape());
    }

    private static Value function(LayerScope scope, UnaryFunction function, Value x) {
        ElementwiseFunction known =
                function == UnaryFunction.EXP ? ComposedFunction.smooth(Jet::exp) : ElementwiseFunction.of(function);
        return scope.elementwise(new ElementwiseKernel(known), x);
    }
}
