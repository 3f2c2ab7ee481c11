package org.thalweg.listener;

import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Checks that ND4J can compute on this machine, and says what is missing in a sentence instead of a native error. {@link
 * LandscapeListenerBuilder#build()} does this; other programs call it before they touch ND4J.
 *
 * @since 0.2.0
 */
public final class BackendCheck {

    /** What {@code nd4j-cuda-11.6} 1.0.0-M2.1 has machine code for. It has no PTX that newer devices could translate. */
    private static final int OLDEST = 37;

    private static final int NEWEST_MAJOR = 8;

    private BackendCheck() {}

    /**
     * Loads ND4J's backend, unless it is loaded already.
     *
     * @throws UnusableBackendException if there is none that runs here, or a GPU has no machine code for it
     */
    public static void require() {
        try {
            if (Nd4j.getExecutioner().type() == ExecutionerType.CUDA) {
                requireMachineCode();
            }
        } catch (LinkageError e) {
            throw new UnusableBackendException(
                    "ND4J finds no backend that runs here: add org.nd4j:nd4j-native for the CPU; org.nd4j:nd4j-cuda-11.6"
                            + " needs an NVIDIA driver and the libraries of CUDA 11.6",
                    e);
        }
    }

    private static void requireMachineCode() {
        NativeOps ops = NativeOpsHolder.getInstance().getDeviceNativeOps();
        for (int device = 0; device < ops.getAvailableDevices(); device++) {
            requireMachineCode(ops.getDeviceName(device), ops.getDeviceMajor(device), ops.getDeviceMinor(device));
        }
    }

    /**
     * Refuses a GPU that ND4J's kernels do not run on.
     *
     * @param name of the GPU
     * @param major compute capability before the point
     * @param minor compute capability after the point
     */
    static void requireMachineCode(String name, int major, int minor) {
        if (10 * major + minor < OLDEST || major > NEWEST_MAJOR) {
            throw new UnusableBackendException("ND4J's CUDA backend cannot run on " + name + ", compute capability "
                    + major + "." + minor
                    + ": it has machine code for 3.7 to 8.6 only. Use org.nd4j:nd4j-native in its"
                    + " place, or hide the GPU with CUDA_VISIBLE_DEVICES=");
        }
    }
}
