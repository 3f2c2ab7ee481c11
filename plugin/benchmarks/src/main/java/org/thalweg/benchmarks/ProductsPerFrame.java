package org.thalweg.benchmarks;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.curvature.CurvatureReport;
import org.thalweg.curvature.CurvatureTracker;
import org.thalweg.curvature.FrameProbes;
import org.thalweg.curvature.TrainingState;
import org.thalweg.krylov.ConvergenceInfo;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.Nd4jOperator;
import org.thalweg.objective.Objective;
import org.thalweg.objective.Probe;

/**
 * Counts the Hessian products of a frame as the listener computes it by default, as rows of a table: of the eigenpairs, and
 * of the whole frame with its self-check and quantities. Each network is taken before training and after some of
 * Deeplearning4j's own updates.
 *
 * <p>Arguments: number of examples, number of updates, then names of {@link BenchmarkNetwork}.
 */
public final class ProductsPerFrame {

    private static final List<EigenvalueQuery> QUERIES =
            List.of(EigenvalueQuery.of(1, 0), EigenvalueQuery.ofEachEnd(1), EigenvalueQuery.ofEachEnd(5));
    private static final int BATCH = 64;

    private long products;

    public static void main(String[] arguments) {
        int examples = Integer.parseInt(arguments[0]);
        int updates = Integer.parseInt(arguments[1]);
        System.out.println("| network | updates | eigenvalues | products | of eigenpairs | converged | end |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (String name : List.of(arguments).subList(2, arguments.length)) {
            Measured measured = new Measured();
            measured.subject = BenchmarkNetwork.valueOf(name);
            measured.examples = examples;
            measured.compile();
            rows(measured, 0);
            train(measured, updates);
            rows(measured, updates);
            measured.close();
        }
    }

    private static void rows(Measured measured, int updates) {
        QUERIES.forEach(query -> new ProductsPerFrame().row(measured, updates, query));
    }

    private static void train(Measured measured, int updates) {
        List<DataSet> batches = measured.data.batchBy(BATCH);
        for (int i = 0; i < updates; i++) {
            DataSet batch = batches.get(i % batches.size());
            if (measured.network instanceof MultiLayerNetwork layers) {
                layers.fit(batch);
            } else {
                ((ComputationGraph) measured.network).fit(batch);
            }
        }
        measured.theta = measured.objective.layout().pack(measured.network.params());
    }

    private void row(Measured measured, int updates, EigenvalueQuery query) {
        CurvatureTracker tracker = new CurvatureTracker(
                Optional.of(CurvatureOptions.UNTIMED.withEigenvalues(query)), CurvatureQuantity.all());
        double loss = measured.objective.evaluate(measured.theta).loss();
        try (CurvatureReport report = tracker.look(
                counting(measured.objective),
                measured.theta,
                loss,
                TrainingState.UNKNOWN,
                FrameProbes.of(Probe.of(measured.data)),
                Optional.empty())) {
            ConvergenceInfo info = report.convergence().orElseThrow();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %d + %d | %d | %d | %d of %d | %s |%n",
                    measured.subject,
                    updates,
                    query.largest(),
                    query.smallest(),
                    products,
                    info.products(),
                    info.converged(),
                    info.wanted(),
                    info.stop());
        }
        Nd4j.getMemoryManager().invokeGc();
    }

    /** The objective, with a Hessian that counts its products. */
    private Objective counting(Objective objective) {
        return (Objective) Proxy.newProxyInstance(
                Objective.class.getClassLoader(), new Class<?>[] {Objective.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(objective, arguments);
                        return method.getName().equals("hessianAt") && result instanceof LinearOperator hessian
                                ? new CountedHessian(hessian)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private final class CountedHessian implements Nd4jOperator {

        private final LinearOperator operator;

        CountedHessian(LinearOperator operator) {
            this.operator = operator;
        }

        @Override
        public long dimension() {
            return operator.dimension();
        }

        @Override
        public DataType dataType() {
            return operator.dataType();
        }

        @Override
        public INDArray multiply(INDArray vectors) {
            products += vectors.rank() < 2 ? 1 : vectors.size(0);
            return operator.multiply(vectors);
        }

        @Override
        public void close() {
            operator.close();
        }
    }
}
