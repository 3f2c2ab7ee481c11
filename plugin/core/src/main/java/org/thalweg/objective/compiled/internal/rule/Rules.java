package org.thalweg.objective.compiled.internal.rule;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.compiled.spi.ActivationRule;
import org.thalweg.objective.compiled.spi.DropoutRule;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.LossRule;
import org.thalweg.objective.compiled.spi.VertexRule;

/**
 * All rules, by the configuration class that they handle. A user's own rules are found in the same way: by their names
 * in {@code META-INF/services}.
 */
public final class Rules {

    private static final Map<Class<?>, LayerRule> LAYERS = byClass(LayerRule.class, LayerRule::layers);
    private static final Map<Class<?>, VertexRule> VERTICES = byClass(VertexRule.class, VertexRule::vertices);
    private static final Map<Class<?>, ActivationRule> ACTIVATIONS =
            byClass(ActivationRule.class, ActivationRule::functions);
    private static final Map<Class<?>, LossRule> LOSSES = byClass(LossRule.class, LossRule::losses);
    private static final Map<Class<?>, DropoutRule> DROPOUTS = byClass(DropoutRule.class, DropoutRule::dropouts);

    private Rules() {}

    /**
     * The rule for a layer.
     *
     * @throws UnsupportedNetworkException if there is none
     */
    public static LayerRule layer(String name, Layer layer) {
        return covered(
                LAYERS.get(layer.getClass()),
                name,
                "is of class " + layer.getClass().getSimpleName());
    }

    /**
     * The rule for a vertex.
     *
     * @throws UnsupportedNetworkException if there is none
     */
    public static VertexRule vertex(String name, GraphVertex vertex) {
        return covered(
                VERTICES.get(vertex.getClass()),
                name,
                "is of class " + vertex.getClass().getSimpleName());
    }

    public static ActivationRule activation(LayerScope scope, IActivation function) {
        return covered(
                ACTIVATIONS.get(function.getClass()), scope.name(), "has the activation function " + named(function));
    }

    public static LossRule loss(LayerScope scope, ILossFunction function) {
        return covered(LOSSES.get(function.getClass()), scope.name(), "has the loss " + named(function));
    }

    public static DropoutRule dropout(LayerScope scope, IDropout dropout) {
        return covered(
                DROPOUTS.get(dropout.getClass()),
                scope.name(),
                "has " + named(dropout) + " in TRAINING mode (RUNNING and BATCH have no dropout)");
    }

    /**
     * The configuration classes that have a rule.
     *
     * @param kind of rule, such as {@code LayerRule.class}
     */
    public static Set<Class<?>> covered(Class<?> kind) {
        return Map.of(
                        LayerRule.class, LAYERS,
                        VertexRule.class, VERTICES,
                        ActivationRule.class, ACTIVATIONS,
                        LossRule.class, LOSSES,
                        DropoutRule.class, DROPOUTS)
                .getOrDefault(kind, Map.of())
                .keySet();
    }

    private static String named(Object function) {
        return function.getClass().getSimpleName();
    }

    private static <R> R covered(@Nullable R rule, String name, String what) {
        if (rule == null) {
            throw new UnsupportedNetworkException(name, what + ", which is not covered");
        }
        return rule;
    }

    private static <R, C> Map<Class<?>, R> byClass(
            Class<R> service, Function<R, ? extends Collection<? extends Class<? extends C>>> classes) {
        return byClass(service.getSimpleName(), ServiceLoader.load(service, service.getClassLoader()), classes);
    }

    /**
     * Rules by the classes that they handle.
     *
     * @param kind of rule, for messages
     * @throws IllegalStateException if two rules are for one class, naming both
     */
    static <R, C> Map<Class<?>, R> byClass(
            String kind, Iterable<R> rules, Function<R, ? extends Collection<? extends Class<? extends C>>> classes) {
        Map<Class<?>, R> byClass = new HashMap<>();
        for (R rule : rules) {
            for (Class<?> type : classes.apply(rule)) {
                R other = byClass.putIfAbsent(type, rule);
                if (other != null) {
                    throw new IllegalStateException(
                            kind + "s " + other.getClass().getName() + " and "
                                    + rule.getClass().getName() + " are both for " + type.getName()
                                    + "; remove one of them from META-INF/services");
                }
            }
        }
        return Map.copyOf(byClass);
    }
}
