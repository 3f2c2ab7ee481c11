package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ObjectiveParts;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.Probe;
import org.thalweg.objective.ProbePart;

/** Parts of a probe add up to the whole; a new mini-batch gives what an objective made for it gives. */
class ObjectivePartsTest {

    private static final int EXAMPLES = 11;
    private static final int BATCH = 4;

    private final Fresh fresh = Fresh.start();
    private final MultiLayerNetwork network = SmallArchitectures.vgg(fresh, true);
    private final Probe probe = SmallArchitectures.probe(fresh, EXAMPLES);

    @ParameterizedTest
    @EnumSource(ObjectiveMode.class)
    void classesAndBatchesAddUp(ObjectiveMode mode) {
        ObjectiveOptions options =
                ObjectiveOptions.DEFAULT.withMode(mode).withBatchSize(BATCH).withRegularized(true);
        try (Objective objective = CompiledObjective.of(network, probe, options)) {
            addUp(objective, ProbePart.classes(probe), mode + ", classes");
            addUp(objective, ProbePart.batches(probe, BATCH), mode + ", batches");
        }
    }

    @Test
    void partsAreProbesOfTheirOwn() {
        List<ProbePart> parts = ProbePart.classes(probe);
        try (Objective objective = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT);
                ObjectiveParts together = objective.parts(probe, parts);
                ObjectiveParts separate = withoutPasses(objective).parts(probe, parts)) {
            INDArray theta = objective.layout().pack(network.params());
            INDArray vector = fresh.normal(DataType.DOUBLE, theta.length());
            List<ObjectiveValue> values = together.evaluate(theta);
            List<ObjectiveValue> others = separate.evaluate(theta);
            for (int i = 0; i < parts.size(); i++) {
                assertThat(values.get(i).loss())
                        .as(message(parts.get(i).name()))
                        .isCloseTo(others.get(i).loss(), within(1e-12));
                assertThat(values.get(i).accuracy())
                        .as(message(parts.get(i).name()))
                        .isEqualTo(others.get(i).accuracy());
            }
            close(together.gradients(theta), separate.gradients(theta), "gradients");
            try (ObjectiveParts.Products some = together.hessiansAt(theta);
                    ObjectiveParts.Products more = separate.hessiansAt(theta)) {
                close(some.multiply(vector), more.multiply(vector), "products");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ObjectiveMode.class)
    void aMiniBatchHasTheBitsOfAFreshObjective(ObjectiveMode mode) {
        ObjectiveOptions options = ObjectiveOptions.DEFAULT.withMode(mode).withBatchSize(BATCH);
        INDArray vector = fresh.normal(DataType.DOUBLE, network.numParams());
        Objective objective = CompiledObjective.of(network, probe, options);
        INDArray theta = objective.layout().pack(network.params());
        INDArray direction =
                vector.get(NDArrayIndex.interval(0, theta.length())).dup();
        for (int round = 0; round < 3; round++) {
            Probe next = SmallArchitectures.probe(fresh, EXAMPLES).startingAt(round * EXAMPLES);
            Objective moved = objective.withMiniBatch(next);
            assertThat(moved).as("nothing is recorded again").isSameAs(objective);
            try (Objective expected = CompiledObjective.of(network, next, options);
                    LinearOperator product = moved.hessianAt(theta);
                    LinearOperator expectedProduct = expected.hessianAt(theta)) {
                assertThat(moved.evaluate(theta)).as(message("value")).isEqualTo(expected.evaluate(theta));
                assertThat(moved.gradient(theta)).as(message("gradient")).isEqualTo(expected.gradient(theta));
                assertThat(product.multiply(direction))
                        .as(message("product"))
                        .isEqualTo(expectedProduct.multiply(direction));
            }
        }
        objective.close();
    }

    @Test
    void aMiniBatchOfAnotherSizeIsRecordedAnew() {
        try (Objective objective = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT)) {
            INDArray theta = objective.layout().pack(network.params());
            Probe other = SmallArchitectures.probe(fresh, EXAMPLES - 3);
            Objective moved = objective.withMiniBatch(other);
            try (Objective expected = CompiledObjective.of(network, other, ObjectiveOptions.DEFAULT)) {
                assertThat(moved.evaluate(theta)).as(message("value")).isEqualTo(expected.evaluate(theta));
            }
        }
    }

    @Test
    void partsWithoutExamplesAreRefused() {
        assertThatThrownBy(() -> new ProbePart("class 7", new int[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("class 7");
        assertThatThrownBy(() -> new ProbePart("mixed", new int[] {3, 1})).hasMessageContaining("[3, 1]");
    }

    private void addUp(Objective objective, List<ProbePart> parts, String what) {
        INDArray theta = objective.layout().pack(network.params());
        INDArray vector = fresh.normal(DataType.DOUBLE, theta.length());
        try (ObjectiveParts some = objective.parts(probe, parts);
                ObjectiveParts.Products products = some.hessiansAt(theta);
                LinearOperator hessian = objective.hessianAt(theta)) {
            double[] shares = parts.stream()
                    .mapToDouble(part -> (double) part.size() / EXAMPLES)
                    .toArray();
            INDArray weights = Nd4j.createFromArray(shares).reshape(1, shares.length);
            List<ObjectiveValue> values = some.evaluate(theta);
            ObjectiveValue whole = objective.evaluate(theta);
            double loss = 0;
            double accuracy = 0;
            for (int i = 0; i < shares.length; i++) {
                loss += shares[i] * values.get(i).loss();
                accuracy += shares[i] * values.get(i).accuracy().orElseThrow();
            }
            assertThat(loss).as(message(what + ": loss")).isCloseTo(whole.loss(), within(1e-12 * whole.loss()));
            assertThat(accuracy)
                    .as(message(what + ": accuracy"))
                    .isCloseTo(whole.accuracy().orElseThrow(), within(1e-9));
            close(weights.mmul(some.gradients(theta)), objective.gradient(theta), what + ": gradient");
            close(weights.mmul(products.multiply(vector)), hessian.multiply(vector), what + ": product");
        }
    }

    /** An objective that has the parts that any objective has. */
    private static Objective withoutPasses(Objective objective) {
        return (Objective) Proxy.newProxyInstance(
                Objective.class.getClassLoader(), new Class<?>[] {Objective.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("parts")) {
                        return InvocationHandler.invokeDefault(proxy, method, arguments);
                    }
                    return method.invoke(objective, arguments);
                });
    }

    private void close(INDArray actual, INDArray expected, String what) {
        INDArray shaped = actual.reshape(expected.shape());
        Contract.assertClose(
                message(what), shaped.reshape(shaped.length()), expected.reshape(expected.length()), 1e-10);
    }

    private String message(String what) {
        return what + ", -Dthalweg.seed=" + fresh.seed();
    }
}
