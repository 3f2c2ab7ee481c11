package org.thalweg.objective.setup;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The backend that ND4J runs on.
 *
 * @param versions by name: {@code thalweg}, {@code deeplearning4j}, {@code nd4j}, {@code java}
 * @param device description, such as {@code CPU with oneDNN, 2 threads}
 * @param advice how to make it faster, if possible
 * @since 0.2.0
 */
public record Backend(Map<String, String> versions, String device, Optional<String> advice) {

    /** The backend of the running JVM. */
    public static Backend current() {
        Map<String, String> versions = new TreeMap<>();
        versions.put("thalweg", version("org.thalweg", "thalweg-core"));
        versions.put("deeplearning4j", version("org.deeplearning4j", "deeplearning4j-nn"));
        versions.put("nd4j", version("org.nd4j", "nd4j-api"));
        versions.put("java", Runtime.version().toString());
        if (Nd4j.getExecutioner().type() == ExecutionerType.CUDA) {
            int device = Nd4j.getAffinityManager().getDeviceForCurrentThread();
            return new Backend(
                    versions,
                    "CUDA device " + device + ", "
                            + NativeOpsHolder.getInstance().getDeviceNativeOps().getDeviceName(device),
                    Optional.of("frames are computed by ND4J's CUDA backend, which waits for the GPU after each op; add"
                            + " org.thalweg:thalweg-cuda to the class path to avoid this"));
        }
        boolean oneDnn =
                NativeOpsHolder.getInstance().getDeviceNativeOps().buildInfo().contains("HAVE_ONEDNN");
        String threads = ", " + Nd4j.getEnvironment().maxThreads() + " threads";
        return new Backend(versions, "CPU " + (oneDnn ? "with" : "without") + " oneDNN" + threads, advice(oneDnn));
    }

    private static Optional<String> advice(boolean oneDnn) {
        if (Backend.class.getResource("/org/nd4j/linalg/jcublas/JCublasBackend.class") != null) {
            return Optional.of("ND4J's CUDA backend is on the class path but found no usable GPU (it needs an"
                    + " NVIDIA driver and the libraries of CUDA 11.6), so the CPU computes");
        }
        return oneDnn ? Optional.empty() : Optional.of(oneDnnAdvice());
    }

    private static String oneDnnAdvice() {
        String platform = Loader.getPlatform();
        return "ND4J runs without oneDNN. Convolutions are several times faster with this dependency in place of the"
                + " plain one: org.nd4j:nd4j-native:" + version("org.nd4j", "nd4j-api") + ":" + platform + "-onednn"
                + " (or -onednn-avx2, -onednn-avx512)";
    }

    /** The version that Maven wrote into a jar. */
    private static String version(String group, String artifact) {
        String resource = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        try (InputStream in = Backend.class.getResourceAsStream(resource)) {
            if (in == null) {
                return "development";
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
