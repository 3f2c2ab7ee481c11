package org.thalweg.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.thalweg.objective.ObjectiveValue;
import scala.Tuple2;

/** Combines answers of parts, in double precision and in the order of the parts. */
final class Reductions {

    private Reductions() {}

    /** The values in a part's answer to {@link PartQuery.Values}. */
    static ObjectiveValue[] values(double[] answer) {
        ObjectiveValue[] values = new ObjectiveValue[(answer.length - 1) / 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(answer[1 + 2 * i], answer[2 + 2 * i]);
        }
        return values;
    }

    /**
     * Means of the values of all parts.
     *
     * @param answers the parts' answers to {@link PartQuery.Values}
     * @param weights weight of each part
     */
    static ObjectiveValue[] values(List<double[]> answers, double[] weights) {
        double[] means = new double[answers.get(0).length];
        double predictions = 0;
        for (double[] answer : answers) {
            predictions += answer[0];
        }
        for (int part = 0; part < weights.length; part++) {
            double[] answer = answers.get(part);
            for (int i = 1; i < means.length; i += 2) {
                means[i] += weights[part] * answer[i];
                // A part without predictions has no accuracy.
                means[i + 1] += answer[0] == 0 ? 0 : answer[0] * answer[i + 1];
            }
        }
        for (int i = 2; i < means.length; i += 2) {
            means[i] /= predictions;
        }
        return values(means);
    }

    private static ObjectiveValue value(double loss, double accuracy) {
        return Double.isNaN(accuracy) ? ObjectiveValue.of(loss) : ObjectiveValue.of(loss, accuracy);
    }

    /** The weighted sum of the parts' vectors. */
    static double[] vectors(List<byte[]> answers, double[] weights) {
        double[] sum = new double[ArrayBytes.length(answers.get(0))];
        for (int part = 0; part < weights.length; part++) {
            ArrayBytes.add(weights[part], answers.get(part), sum);
        }
        return sum;
    }

    /**
     * The same sum, computed by the executors: each sums a piece of the vector and so holds only a few vectors.
     *
     * @param tasks their answers are vectors, one for each part
     * @param pieces number of pieces of the vector
     */
    static double[] vectors(Jobs jobs, String what, List<PartTask<byte[]>> tasks, double[] weights, int pieces) {
        List<Tuple2<Integer, PartTask<byte[]>>> numbered = new ArrayList<>();
        for (int part = 0; part < tasks.size(); part++) {
            numbered.add(new Tuple2<>(part, tasks.get(part)));
        }
        JavaPairRDD<Integer, Tuple2<Integer, byte[]>> cut = jobs.placed(numbered)
                .flatMapToPair(task -> cut(task._1(), task._2().run(), pieces).iterator());
        List<Tuple2<Integer, double[]>> sums = jobs.wait(
                what, cut.groupByKey(pieces).map(piece -> new Tuple2<>(piece._1(), sum(piece._2(), weights))));
        return joined(sums);
    }

    private static List<Tuple2<Integer, Tuple2<Integer, byte[]>>> cut(int part, byte[] vector, int pieces) {
        List<Tuple2<Integer, Tuple2<Integer, byte[]>>> cut = new ArrayList<>();
        int length = ArrayBytes.length(vector);
        for (int piece = 0; piece < pieces; piece++) {
            int from = (int) ((long) length * piece / pieces);
            int to = (int) ((long) length * (piece + 1) / pieces);
            cut.add(new Tuple2<>(piece, new Tuple2<>(part, ArrayBytes.range(vector, from, to))));
        }
        return cut;
    }

    private static double[] sum(Iterable<Tuple2<Integer, byte[]>> answers, double[] weights) {
        List<Tuple2<Integer, byte[]>> ordered = new ArrayList<>();
        answers.forEach(ordered::add);
        ordered.sort(Comparator.comparing(Tuple2::_1));
        return vectors(ordered.stream().map(Tuple2::_2).toList(), weights);
    }

    private static double[] joined(List<Tuple2<Integer, double[]>> pieces) {
        List<Tuple2<Integer, double[]>> ordered = new ArrayList<>(pieces);
        ordered.sort(Comparator.comparing(Tuple2::_1));
        double[] joined =
                new double[ordered.stream().mapToInt(piece -> piece._2().length).sum()];
        int from = 0;
        for (Tuple2<Integer, double[]> piece : ordered) {
            System.arraycopy(piece._2(), 0, joined, from, piece._2().length);
            from += piece._2().length;
        }
        return joined;
    }
}
