package org.thalweg.listener;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that ND4J can compute on this machine. If not, a sentence says what is missing, instead of a native error.
 * {@link LandscapeListenerBuilder#build()} does this; other programs call it before they use ND4J.
 *
 * @since 0.2.0
 */
public final class BackendCheck {

    /**
     * The compute capabilities that {@code nd4j-cuda-11.6} 1.0.0-M2.1 has machine code for. It has no PTX that newer
     * devices could translate.
     */
    private static final int OLDEST = 37;

    private static final int NEWEST_MAJOR = 8;

    /** Ampere. */
    private static final int FIRST_WITH_TF32 = 8;

    private static final Logger log = LoggerFactory.getLogger(BackendCheck.class);

    private BackendCheck() {}

    /**
     * Loads ND4J's backend, unless it is loaded already.
     *
     * @throws UnusableBackendException if no backend runs here, or there is no machine code for a GPU
     */
    public static void require() {
        try {
            if (Nd4j.getExecutioner().type() == ExecutionerType.CUDA) {
                requireMachineCode();
            }
        } catch (LinkageError e) {
            throw new UnusableBackendException(
                    "ND4J finds no backend that runs on this machine: add org.nd4j:nd4j-native for the CPU;"
                            + " org.nd4j:nd4j-cuda-11.6 needs an NVIDIA driver and the libraries of CUDA 11.6",
                    e);
        }
    }

    /**
     * A warning about the numbers of ND4J's CUDA backend; empty if there is none.
     *
     * @param build ND4J's description of its native code
     * @param major largest compute capability before the point among its devices
     * @param override value of the variable {@code NVIDIA_TF32_OVERRIDE}, null if it is not set
     */
    static Optional<String> precisionWarning(String build, int major, @Nullable String override) {
        boolean rounds = build.toLowerCase(Locale.ROOT).contains("cudnn") && major >= FIRST_WITH_TF32;
        return rounds && !"0".equals(override)
                ? Optional.of(
                        "cuDNN may round the inputs of convolutions to 10 bits (TF32) on this GPU, too few for losses"
                                + " and curvature: set NVIDIA_TF32_OVERRIDE=0 before the program starts, or add"
                                + " org.thalweg:thalweg-cuda, whose kernels do not round")
                : Optional.empty();
    }

    private static void requireMachineCode() {
        NativeOps ops = NativeOpsHolder.getInstance().getDeviceNativeOps();
        for (int device = 0; device < ops.getAvailableDevices(); device++) {
            requireMachineCode(ops.getDeviceName(device), ops.getDeviceMajor(device), ops.getDeviceMinor(device));
        }
        int newest = IntStream.range(0, ops.getAvailableDevices())
                .map(ops::getDeviceMajor)
                .max()
                .orElse(0);
        precisionWarning(ops.buildInfo(), newest, System.getenv("NVIDIA_TF32_OVERRIDE"))
                .ifPresent(warning -> log.warn("{}", warning));
    }

    /**
     * Checks that ND4J's kernels run on a GPU.
     *
     * @param name of the GPU
     * @param major compute capability before the point
     * @param minor compute capability after the point
     */
    static void requireMachineCode(String name, int major, int minor) {
        if (10 * major + minor < OLDEST || major > NEWEST_MAJOR) {
            throw new UnusableBackendException("ND4J's CUDA backend cannot run on " + name + ", compute capability "
                    + major + "." + minor
                    + ": it has machine code only for 3.7 to 8.6. Use org.nd4j:nd4j-native in its"
                    + " place, or hide the GPU with CUDA_VISIBLE_DEVICES=");
        }
    }
}
