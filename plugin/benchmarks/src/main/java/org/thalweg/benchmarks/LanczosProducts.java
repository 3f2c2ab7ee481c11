package org.thalweg.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.KrylovBudget;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.ToleranceRule;

/** Number of products that Lanczos takes on the matrices written by {@code products.py}. */
public final class LanczosProducts {

    private static final int EACH_END = 5;
    private static final KrylovBudget BUDGET = KrylovBudget.DEFAULT.withProducts(50_000);

    private LanczosProducts() {}

    /**
     * Prints a line {@code name basis tolerance products stop lambda_max lambda_min} for each run.
     *
     * @param args folder of {@code NAME.matrix} and {@code NAME.start}, little-endian doubles, then for each run its
     *     name, basis size and tolerance
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        for (int i = 1; i + 2 < args.length; i += 3) {
            Lanczos lanczos = Lanczos.DEFAULT
                    .withBasisSize(Integer.parseInt(args[i + 1]))
                    .withTolerance(Double.parseDouble(args[i + 2]), ToleranceRule.RELATIVE_TO_EACH);
            INDArray start = read(folder.resolve(args[i] + ".start"));
            INDArray matrix = read(folder.resolve(args[i] + ".matrix")).reshape(start.length(), start.length());
            LanczosResult result = lanczos.run(dense(matrix), EigenvalueQuery.ofEachEnd(EACH_END), BUDGET, start);
            System.out.printf(
                    Locale.ROOT,
                    "%s %s %s %d %s %.17g %.17g%n",
                    args[i],
                    args[i + 1],
                    args[i + 2],
                    result.info().products(),
                    result.info().stop(),
                    result.largest().get(0).value(),
                    result.smallest().get(EACH_END - 1).value());
        }
    }

    private static INDArray read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(values);
        return Nd4j.createFromArray(values);
    }

    private static LinearOperator dense(INDArray matrix) {
        return LinearOperator.of(
                matrix.rows(),
                matrix.dataType(),
                vector -> matrix.mmul(vector.reshape(vector.length(), 1)).reshape(vector.length()));
    }
}
