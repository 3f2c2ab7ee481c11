package org.thalweg.cli;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.thalweg.analysis.ParameterArrays;
import org.thalweg.analysis.ProbeExport;
import org.thalweg.data.SavedNetwork;
import org.thalweg.data.internal.NetworkConfiguration;
import org.thalweg.frame.NamedArray;
import org.thalweg.frame.RunProvenance;
import org.thalweg.objective.Objective;
import org.thalweg.objective.Probe;
import org.thalweg.objective.setup.Backend;

/** The provenance of a study, by which another command decides whether it may continue the file. */
final class StudyProvenance {

    /** Hexadecimal digits of a digest that are kept: 64 bits distinguish a user's files. */
    private static final int DIGITS = 16;

    private StudyProvenance() {}

    /**
     * The provenance.
     *
     * @param asked options by name
     */
    static RunProvenance of(AnalysisInputs inputs, AnalyzeOptions options, Map<String, Object> asked) {
        Objective objective = inputs.train();
        Backend backend = Backend.current();
        Map<String, Object> all = new TreeMap<>(asked);
        all.put(
                "models",
                inputs.networks().stream().map(StudyProvenance::digest).toList());
        all.put("probe", digest(inputs.probe(), objective));
        if (inputs.held() != null) {
            all.put("validation", digest(inputs.held(), objective));
        }
        all.put("probeSize", inputs.probe().size());
        all.put("mode", options.statistics.toString());
        all.put("batchSize", options.batchSize);
        return new RunProvenance(
                inputs.name(),
                backend.versions(),
                backend.device(),
                objective.name() + ", " + objective.hessianMethod().label() + " Hessian products",
                NetworkConfiguration.toJson(inputs.networks().get(0).model()),
                ParameterArrays.described(objective.layout()),
                objective.dataType().name(),
                all,
                List.of(),
                inputs.probe().source());
    }

    private static String digest(SavedNetwork network) {
        return network.file().getFileName() + " "
                + digest(
                        List.of(ParameterArrays.of("parameters", network.model().params())));
    }

    private static String digest(Probe probe, Objective objective) {
        return digest(ProbeExport.of("", probe, objective.dataType()));
    }

    private static String digest(List<NamedArray> arrays) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (NamedArray array : arrays) {
                digest.update(bytes(array.values()));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static ByteBuffer bytes(Object values) {
        if (values instanceof float[] floats) {
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * floats.length);
            bytes.asFloatBuffer().put(floats);
            return bytes;
        }
        double[] doubles = (double[]) values;
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * doubles.length);
        bytes.asDoubleBuffer().put(doubles);
        return bytes;
    }
}
