package org.thalweg.objective.compiled.layer;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.UnsupportedNetworkException;

/** All rules there are, by the class of the configuration that they are for. */
public final class Rules {

    private static final Map<Class<?>, LayerRule> LAYERS = byClass(LayerRule.class, LayerRule::layers);
    private static final Map<Class<?>, VertexRule> VERTICES = byClass(VertexRule.class, VertexRule::vertices);

    private Rules() {}

    /**
     * The rule for a layer.
     *
     * @throws UnsupportedNetworkException if there is none
     */
    public static LayerRule layer(String name, Layer layer) {
        return covered(name, layer.getClass(), LAYERS.get(layer.getClass()));
    }

    /**
     * The rule for a vertex.
     *
     * @throws UnsupportedNetworkException if there is none
     */
    public static VertexRule vertex(String name, GraphVertex vertex) {
        return covered(name, vertex.getClass(), VERTICES.get(vertex.getClass()));
    }

    private static <R> R covered(String name, Class<?> type, @Nullable R rule) {
        if (rule == null) {
            throw new UnsupportedNetworkException(name, "is a " + type.getSimpleName() + ", which is not covered");
        }
        return rule;
    }

    private static <R, C> Map<Class<?>, R> byClass(
            Class<R> service, Function<R, ? extends Collection<? extends Class<? extends C>>> classes) {
        Map<Class<?>, R> rules = new HashMap<>();
        for (R rule : ServiceLoader.load(service, service.getClassLoader())) {
            classes.apply(rule).forEach(type -> rules.put(type, rule));
        }
        return Map.copyOf(rules);
    }
}
